package io.github.surprisal.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.build.Exported;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.RowLoss;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LossesTest {
  @Test
  void everyLossOfRowsIsListed() throws Exception {
    var missing = new TreeSet<String>();
    for (Class<?> type : Exported.classes()) {
      if (RowLoss.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
        missing.add(type.getSimpleName());
      }
    }
    assertTrue(missing.size() >= 9);
    Losses.rows().forEach(loss -> missing.remove(loss.type().getSimpleName()));
    assertEquals(new TreeSet<>(), missing);
  }

  @Test
  void namesAreDistinctAndFound() {
    var names = new HashSet<String>();
    for (LossInfo loss : Losses.all()) {
      assertTrue(names.add(loss.name()), loss.name());
      assertEquals(loss, Losses.named(loss.name()));
      assertTrue(loss.bounds() != null, loss.name());
    }
    assertEquals("mse", Losses.named("SquaredError").name());
    assertEquals("mse", Losses.named("MSE").name());
    assertEquals("distillation_kl", Losses.named("Distillation").name());
    var refused = assertThrows(IllegalArgumentException.class, () -> Losses.named("mae"));
    assertTrue(refused.getMessage().startsWith("loss = mae, expected one of [cross_entropy, "));
  }

  @Test
  void optionsHaveTheNamesOfFiles() {
    var logits = (PointwiseInfo) Losses.named("binary_cross_entropy_with_logits");
    assertEquals(List.of("pos_weight", "label_smoothing"), List.copyOf(logits.options().keySet()));
    assertEquals(
        new BinaryCrossEntropyWithLogits(3, 0.5),
        logits.with(Map.of("pos_weight", new double[] {3}, "label_smoothing", 0.5)));
    var poisson = (PointwiseInfo) Losses.named("poisson_nll");
    assertEquals(
        Map.of("log_input", true, "full", PoissonNll.CountTerm.NONE, "epsilon", 1e-8),
        poisson.options());
    var smoothed = (RowInfo) Losses.named("cross_entropy");
    assertEquals(0.0, smoothed.options().get("label_smoothing"));
  }

  @Test
  void optionsAreChecked() {
    var huber = (PointwiseInfo) Losses.named("huber");
    assertEquals(new Huber(2), huber.with(Map.of("delta", 2.0)));
    assertEquals(new Huber(), huber.with(Map.of()));
    assertRefused("option beta of huber, expected one of [delta]", huber, Map.of("beta", 2.0));
    assertRefused("delta = -1.0, expected 0 < delta < infinity", huber, Map.of("delta", -1.0));
    assertRefused("delta = 2, expected a value of type double", huber, Map.of("delta", "2"));
  }

  @Test
  void optionsOfRowsAreThoseOfTheBuilder() {
    for (RowInfo each : Losses.rows()) {
      assertEquals(each.loss().toString(), each.with(each.options()).toString());
    }
    var loss = (RowInfo) Losses.named("cross_entropy");
    assertEquals(
        CrossEntropy.builder().labelSmoothing(0.1).classWeights(1, 2).build().toString(),
        loss.with(Map.of("label_smoothing", 0.1, "class_weights", new double[] {1, 2})).toString());
    assertRefused("option smoothing of cross_entropy, expected one of [", loss, "smoothing", 0.1);
    assertRefused("labelSmoothing = 2.0, expected 0 <= ", loss, "label_smoothing", 2.0);
    assertRefused("softcap = x, expected a value of type double", loss, "softcap", "x");
  }

  private static void assertRefused(String start, RowInfo loss, String option, Object value) {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> loss.with(Map.of(option, value)));
    assertTrue(refused.getMessage().startsWith(start), refused::getMessage);
  }

  private static void assertRefused(String message, PointwiseInfo loss, Map<String, ?> options) {
    var refused = assertThrows(IllegalArgumentException.class, () -> loss.with(options));
    assertEquals(message, refused.getMessage());
  }
}
