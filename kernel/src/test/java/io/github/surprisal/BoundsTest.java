package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.build.Exported;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.SoftmaxFocal;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Javadoc and README say of each loss what its record of bounds does. */
class BoundsTest {
  /** Bounds of every loss with its default options, by the name of its class. */
  private static Map<String, Bounds> losses() {
    Map<String, Bounds> bounds = new TreeMap<>();
    for (var entry : PointwiseFormulas.ALL) {
      if (Modifier.isPublic(entry.formula().getClass().getModifiers())) {
        bounds.put(entry.formula().getClass().getSimpleName(), entry.formula().bounds());
      }
    }
    bounds.put("SigmoidFocal", new SigmoidFocal().bounds());
    bounds.put("AsymmetricFocal", new AsymmetricFocal().bounds());
    for (var rows : EveryRowLoss.list()) {
      var loss = rows.loss(Reduction.MEAN);
      bounds.put(loss.getClass().getSimpleName(), loss.bounds());
    }
    return bounds;
  }

  @Test
  void everyFormulaIsTested() throws IOException {
    var listed = losses();
    List<String> missing = new ArrayList<>();
    for (Path file : Exported.sources()) {
      String text = Files.readString(file);
      String name = file.getFileName().toString().replace(".java", "");
      if (text.contains("public record " + name + "(") && text.contains("BuiltInFormula")) {
        missing.add(name);
      }
    }
    missing.removeAll(listed.keySet());
    assertEquals(List.of(), missing);
  }

  @Test
  void theJavadocSaysTheSame() throws IOException {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (var loss : losses().entrySet()) {
      String source = Files.readString(Exported.source(loss.getKey()));
      String text = source.replaceAll("\\R *\\* *", " ");
      // The bounds of a distillation depend on the divergence.
      boolean isOne = !loss.getKey().equals("Distillation");
      if (isOne && !says(text, "({@link Bounds}): ", loss.getValue())) {
        wrong.put(loss.getKey(), loss.getValue().toString());
      }
    }
    assertEquals(Map.of(), wrong);
  }

  @Test
  void theReadmeSaysTheSame() throws IOException {
    Map<String, String> wrong = new LinkedHashMap<>();
    List<String> rows =
        Files.readAllLines(Path.of("..", "README.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    for (var loss : losses().entrySet()) {
      String start = "| `" + loss.getKey() + "`";
      boolean isSaid =
          rows.stream().anyMatch(row -> row.startsWith(start) && says(row, " | ", loss.getValue()));
      if (!isSaid) {
        wrong.put(loss.getKey(), loss.getValue().toString());
      }
    }
    assertEquals(Map.of(), wrong);
  }

  /** Whether the text has the bounds, all of them, after {@code before}. */
  private static boolean says(String text, String before, Bounds bounds) {
    int at = text.indexOf(before + bounds);
    return at >= 0 && !Character.isDigit(text.charAt(at + before.length() + words(bounds)));
  }

  private static int words(Bounds bounds) {
    return bounds.toString().length();
  }

  @Test
  void everyDivergenceHasItsBounds() {
    var kl = Distillation.builder().build().bounds();
    assertEquals("loss 8 + n/8, gradient 5 + n/16", kl.toString());
    assertEquals(
        kl, Distillation.builder().divergence(new Divergence.TotalVariation()).build().bounds());
    var both = Distillation.builder().divergence(new Divergence.ReverseKl()).build().bounds();
    assertEquals("loss 8 + n/8, gradient 16 + n/8", both.toString());
    assertEquals(
        both,
        Distillation.builder().divergence(new Divergence.JensenShannon(0.5)).build().bounds());
  }

  @Test
  void optionsAddWhatTheJavadocSays() {
    assertEquals(8 + 4 * 3.0, new SigmoidFocal(3, -1).bounds().gradient().ulps());
    assertEquals(8 + 4 * 5.0, new AsymmetricFocal(5, 2, 0).bounds().hessian().ulps());
    assertEquals(4 + 6 * 30.0, CrossEntropy.builder().softcap(30).build().bounds().loss().ulps());
    var focal = SoftmaxFocal.builder().gamma(1).softcap(2).build().bounds();
    assertEquals(new Bounds.Bound(32, 0.125), focal.gradient());
    assertEquals(
        new SquaredError().bounds(),
        PointwiseLoss.builder(new SquaredError()).build().formula().bounds());
  }

  @Test
  void factorsAndSums() {
    var bounds = Bounds.ofElements(3, 1, 0);
    assertEquals("loss 3, slope 1, curvature exact", bounds.toString());
    assertEquals(Bounds.ofElements(8, 4, 2), bounds.weighed(true));
    assertEquals(Bounds.ofElements(11, 7, 5), bounds.weighed(false));
    assertEquals(13 + 64 / 16.0, bounds.reduced(64));
    assertEquals(13 + 2048 / 16.0, bounds.reduced(1_000_000));
    var rows = SoftmaxFocal.builder().build().bounds();
    assertEquals("loss 12 + 3n/16, gradient 12 + 3n/16", rows.toString());
    assertEquals(rows, rows.weighed(false));
    assertEquals(12 + 3.0, rows.reduced(16));
    assertEquals(12 + 3 * 128.0, rows.loss().of(4096));
    assertTrue(rows.hessian() == null);
  }
}
