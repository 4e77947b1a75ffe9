package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results and scans live as long as the training, but keep no gradient from being collected. */
class ForgottenGradientsTest {
  private final List<WeakReference<Object>> given = new ArrayList<>();
  private final ClipResult result = new ClipResult();
  private final ArrayScan scan = new ArrayScan();
  private final ClipByZScore outliers = ClipByZScore.builder().warmUp(2).build();

  private <T> T give(T array) {
    given.add(new WeakReference<>(array));
    return array;
  }

  private void assertForgotten() throws InterruptedException {
    for (int i = 0; i < 100 && given.stream().anyMatch(g -> g.get() != null); i++) {
      System.gc();
      Thread.sleep(10);
    }
    for (var reference : given) {
      assertTrue(reference.get() == null, () -> "the " + given.indexOf(reference) + "th");
    }
    assertTrue(
        result.norm() >= 0 && scan.size() >= 0 && outliers.count() >= 0, "all are still in use");
  }

  private float[] floats() {
    return give(new float[] {3, 4, 0, 5});
  }

  private double[] doubles() {
    return give(new double[] {3, 4, 0, 5});
  }

  @Test
  void afterEveryCall() throws InterruptedException {
    for (Norm norm : Norm.values()) {
      var clip = new ClipByNorm(1, norm, NonFinite.SKIP);
      clip.clip(floats(), result);
      clip.clip(doubles(), result);
      clip.clip(give(new float[][] {floats(), floats()}), result);
      clip.clip(give(new double[][] {doubles(), doubles()}), result);
    }
    var value = new ClipByValue(1);
    value.clip(floats(), result);
    value.clip(doubles(), result);
    value.clip(give(new float[][] {floats(), floats()}), result);
    value.clip(give(new double[][] {doubles(), doubles()}), result);
    for (int i = 0; i < 3; i++) {
      outliers.clip(floats(), result);
      outliers.clip(give(new double[][] {doubles(), doubles()}), result);
    }
    var unit = new ClipByUnit(0.01);
    unit.clip(floats(), floats(), 2, result);
    unit.clip(doubles(), doubles(), 2, result);
    scan.of(floats());
    scan.of(doubles());
    assertForgotten();
  }

  @Test
  void afterCallsThatThrow() throws InterruptedException {
    var norm = new ClipByNorm(1, Norm.TWO, NonFinite.ERROR);
    var value = new ClipByValue(1, NonFinite.ERROR);
    var unit = new ClipByUnit(1, 1e-3, NonFinite.ERROR);
    assertThrows(ArithmeticException.class, () -> norm.clip(bad(), result));
    assertThrows(ArithmeticException.class, () -> norm.clip(badF64(), result));
    assertThrows(ArithmeticException.class, () -> value.clip(bad(), result));
    assertThrows(ArithmeticException.class, () -> value.clip(badF64(), result));
    assertThrows(ArithmeticException.class, () -> unit.clip(floats(), bad(), 2, result));
    assertThrows(ArithmeticException.class, () -> unit.clip(doubles(), badF64(), 2, result));
    assertThrows(IllegalArgumentException.class, () -> unit.clip(floats(), bad(), 3, result));
    assertForgotten();
  }

  private float[] bad() {
    float[] x = floats();
    x[1] = Float.NaN;
    return x;
  }

  private double[] badF64() {
    double[] x = doubles();
    x[1] = Double.POSITIVE_INFINITY;
    return x;
  }
}
