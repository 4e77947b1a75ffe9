package io.github.surprisal.guard;

import static io.github.surprisal.guard.Samples.toDoubles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.DoubleDouble;
import io.github.surprisal.reference.VectorNorm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClipByNormTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final DoubleDouble ZERO = DoubleDouble.of(0);
  private final ClipResult result = new ClipResult();

  private static DoubleDouble exact(Norm norm, double[]... x) {
    return VectorNorm.values()[norm.ordinal()].of(ZERO, x);
  }

  /** Norms to 2^-45, and scaled norms between maxNorm and a little below. */
  @ParameterizedTest
  @EnumSource
  void normsAndClippedNorms(Norm norm) {
    double[] sizes = {1e-42, 1e-30, 1, 1e30};
    double[] sizesF64 = {1e-310, 1e-200, 1, 1e200, 1e300};
    for (int n : Samples.SIZES) {
      for (double size : sizes) {
        float[] x = Samples.gaussian(n, n, size);
        float[] y = Samples.gaussian(n + 1, n / 2, size);
        DoubleDouble before = exact(norm, toDoubles(x), toDoubles(y));
        var all = new float[][] {x, y};
        new ClipByNorm(Double.MAX_VALUE, norm, NonFinite.SKIP).clip(all, result);
        assertNorm(before);
        double maxNorm = result.norm() > 0 ? 0.7 * result.norm() : 1;
        new ClipByNorm(maxNorm, norm, NonFinite.SKIP).clip(all, result);
        double least = size == 1e-42 ? 0.5 : 1 - 0x1p-20;
        assertClipped(maxNorm, least, before, exact(norm, toDoubles(x), toDoubles(y)));
      }
      for (double size : sizesF64) {
        double[] x = Samples.gaussianF64(n, n, size);
        double[] y = Samples.gaussianF64(n + 1, n / 2, size);
        DoubleDouble before = exact(norm, x, y);
        var all = new double[][] {x, y};
        new ClipByNorm(Double.MAX_VALUE, norm, NonFinite.SKIP).clip(all, result);
        assertNorm(before);
        double maxNorm = result.norm() > 0 ? 0.7 * result.norm() : 1;
        new ClipByNorm(maxNorm, norm, NonFinite.SKIP).clip(all, result);
        double least = size == 1e-310 ? 1 - 0x1p-10 : 1 - 0x1p-42;
        assertClipped(maxNorm, least, before, exact(norm, x, y));
      }
    }
  }

  /** Within 2^-45, or half the smallest double. */
  private void assertNorm(DoubleDouble exact) {
    var norm = DoubleDouble.of(result.norm());
    var most = exact.multiply(1 + 0x1p-45).add(DoubleDouble.of(Double.MIN_VALUE));
    var least = exact.multiply(1 - 0x1p-45).add(DoubleDouble.of(-Double.MIN_VALUE));
    assertFalse(norm.isGreaterThan(most) || least.isGreaterThan(norm), () -> exact + ", " + result);
  }

  private void assertClipped(double maxNorm, double least, DoubleDouble before, DoubleDouble now) {
    var limit = DoubleDouble.of(maxNorm);
    assertEquals(!before.isZero(), result.isClipped());
    assertFalse(now.isGreaterThan(limit), () -> now + " > " + maxNorm + ", " + result);
    boolean isLarge = before.isZero() || now.isGreaterThan(limit.multiply(least));
    assertTrue(isLarge, () -> now + " << " + maxNorm + ", " + result);
  }

  @Test
  void largeFloatsDoNotOverflow() {
    float[] x = {1e30f, 1e30f};
    new ClipByNorm(1).clip(x, result);
    assertEquals(Math.sqrt(2) * 1e30f, result.norm(), 1e16);
    assertArrayEquals(new float[] {0.70710677f, 0.70710677f}, x, 1e-6f);
    float[] most = {Float.MAX_VALUE, Float.MAX_VALUE};
    new ClipByNorm(1e-30).clip(most, result);
    assertEquals(0.70710677e-30f, most[0], 1e-36f);
  }

  @Test
  void smallNumbersHaveTheirNorm() {
    float[] x = {1e-30f, -1e-30f};
    new ClipByNorm(1).clip(x, result);
    assertEquals(Math.sqrt(2) * 1e-30f, result.norm(), 1e-44);
    double[] y = {3e-200, 4e-200};
    new ClipByNorm(1).clip(y, result);
    assertEquals(5e-200, result.norm(), 1e-214);
    double[] z = {Double.MIN_VALUE};
    new ClipByNorm(1).clip(z, result);
    assertEquals(Double.MIN_VALUE, result.norm());
  }

  @Test
  void aNormBeyondDoubleIsClippedAsWhatItIs() {
    double[] x = {1.7e308, -1.7e308};
    new ClipByNorm(1).clip(x, result);
    assertEquals(INFINITY, result.norm());
    assertEquals(0, result.nonFinite());
    assertArrayEquals(new double[] {Math.sqrt(0.5), -Math.sqrt(0.5)}, x, 1e-12);
    double[] far = {1.7e308, 1e300};
    new ClipByNorm(1e-300).clip(far, result);
    assertEquals(1e-300, far[0], 1e-312);
    assertEquals(1e-300 * (1e300 / 1.7e308), far[1], 1e-320);
  }

  @Test
  void aNormOfMaxNormLeavesEveryBit() {
    float[] x = {3, -4, -0f};
    float[] copy = x.clone();
    assertFalse(new ClipByNorm(5).clip(x, result).isClipped());
    assertArrayEquals(copy, x);
    assertEquals(5, result.norm());
    assertEquals(1, result.scale());
    assertTrue(new ClipByNorm(Math.nextDown(5.0)).clip(x, result).isClipped());
    double[] y = {3, -4};
    assertFalse(new ClipByNorm(5).clip(y, result).isClipped());
    assertTrue(new ClipByNorm(Math.nextDown(5.0)).clip(y, result).isClipped());
    double[] z = {1, 0x1p-30}; // norm 1 + 2^-61, which is no double
    assertTrue(new ClipByNorm(1).clip(z, result).isClipped());
    assertTrue(z[0] < 1);
  }

  @Test
  void nothingHasNormZero() {
    for (float[][] x : new float[][][] {{}, {{}}, {{0, -0f}}, {{}, {0}}}) {
      new ClipByNorm(1e-300).clip(x, result);
      assertEquals("ClipResult[norm=0.0, scale=1.0, clipped=0]", result.toString());
    }
    double[] y = {0, -0.0};
    assertFalse(new ClipByNorm(1e-300).clip(y, result).isClipped());
    assertEquals(1 / -0.0, 1 / y[1]);
  }

  @Test
  void subnormalProductsAreRoundedTowardsZero() {
    float[] x = new float[1000];
    java.util.Arrays.fill(x, 1e-40f);
    double maxNorm = 0.6 * Float.MIN_VALUE * Math.sqrt(1000);
    new ClipByNorm(maxNorm).clip(x, result);
    assertEquals(0, x[0]);
    assertTrue(result.isClipped());
  }

  @ParameterizedTest
  @EnumSource
  void nonFiniteElementsAreReported(Norm norm) {
    float nan = Float.NaN;
    float[][] x = {{3, 4}, {-0f, Float.NEGATIVE_INFINITY, nan}, {12}};
    var skip = new ClipByNorm(1, norm, NonFinite.SKIP);
    skip.clip(x, result);
    assertArrayEquals(new float[][] {{3, 4}, {-0f, Float.NEGATIVE_INFINITY, nan}, {12}}, x);
    assertTrue(result.isSkipped());
    assertEquals(2, result.nonFinite());
    assertEquals(1, result.firstArray());
    assertEquals(1, result.firstIndex());
    assertEquals(Double.NEGATIVE_INFINITY, result.firstValue());
    assertEquals(INFINITY, result.norm());
    assertEquals(norm == Norm.ONE ? 19 : norm == Norm.TWO ? 13 : 12, result.finiteNorm());
    var error = new ClipByNorm(1, norm, NonFinite.ERROR);
    var thrown = assertThrows(ArithmeticException.class, () -> error.clip(x, result));
    assertEquals(
        "gradients[1][1] = -Infinity, expected finite gradients; not finite: 2",
        thrown.getMessage());
    assertEquals(3, x[0][0]);
    double[] y = {nan, 30, 40};
    new ClipByNorm(1, norm, NonFinite.CLIP_FINITE).clip(y, result);
    assertFalse(result.isSkipped());
    assertTrue(result.isClipped());
    assertEquals(Double.NaN, y[0]);
    assertFalse(exact(norm, new double[] {y[1], y[2]}).isGreaterThan(DoubleDouble.of(1)));
    assertEquals(Double.NaN, result.norm());
  }

  @Test
  void anArrayThatComesTwiceIsRefused() {
    float[] x = {1};
    float[][] gradients = {x, {2}, x};
    var clip = new ClipByNorm(1);
    var e = assertThrows(IllegalArgumentException.class, () -> clip.clip(gradients, result));
    assertEquals("gradients[2] is gradients[0], expected each array once", e.getMessage());
    double[] y = {1};
    double[][] doubles = {y, y};
    assertThrows(IllegalArgumentException.class, () -> clip.clip(doubles, result));
    var n =
        assertThrows(NullPointerException.class, () -> clip.clip(new float[][] {x, null}, result));
    assertEquals("gradients[1]", n.getMessage());
  }

  @Test
  void optionsAreChecked() {
    for (double bad : new double[] {0, -1, INFINITY, Double.NaN}) {
      var e = assertThrows(IllegalArgumentException.class, () -> new ClipByNorm(bad));
      assertEquals("maxNorm = " + bad + ", expected 0 < maxNorm < infinity", e.getMessage());
    }
  }
}
