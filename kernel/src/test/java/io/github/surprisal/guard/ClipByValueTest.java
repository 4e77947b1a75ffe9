package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClipByValueTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private final ClipResult result = new ClipResult();

  @Test
  void everyElementByItself() {
    for (int n : Samples.SIZES) {
      float[] x = Samples.gaussian(n, n, 1);
      double[] y = Samples.gaussianF64(n, n, 1);
      float[] expected = x.clone();
      double[] expectedF64 = y.clone();
      int count = 0;
      int countF64 = 0;
      for (int i = 0; i < n; i++) {
        count += Math.abs(x[i]) > 0.5 ? 1 : 0;
        countF64 += Math.abs(y[i]) > 0.5 ? 1 : 0;
        expected[i] = Math.clamp(x[i], -0.5f, 0.5f);
        expectedF64[i] = Math.clamp(y[i], -0.5, 0.5);
      }
      var clip = new ClipByValue(0.5);
      assertEquals(count, clip.clip(x, result).clipped());
      assertArrayEquals(expected, x);
      assertEquals(countF64, clip.clip(y, result).clipped());
      assertArrayEquals(expectedF64, y);
      assertEquals(0, result.nonFinite());
    }
  }

  @Test
  void aLimitIsRoundedDown() {
    float[] x = {1, -1, -0f};
    new ClipByValue(0.1).clip(x, result);
    assertTrue(x[0] <= 0.1 && x[0] > 0.0999999);
    assertArrayEquals(new float[] {x[0], -x[0], -0f}, x);
    double[] y = {1, -1};
    new ClipByValue(0.1).clip(y, result);
    assertArrayEquals(new double[] {0.1, -0.1}, y);
    float[] most = {Float.MAX_VALUE};
    assertEquals(0, new ClipByValue(1e300).clip(most, result).clipped());
  }

  /** On the limit, as it is in their type, one ulp below and one above, of either sign. */
  @Test
  void bothSidesOfTheLimit() {
    for (double limit : new double[] {0.1, 0.3, 0.75, 1.1, 1e-60, 1e-42, Float.MIN_VALUE}) {
      double nearest = (float) limit;
      float f = nearest > limit ? Math.nextDown((float) limit) : (float) limit;
      float[] x = {f, Math.nextUp(f), -f, -Math.nextUp(f), Math.nextDown(f)};
      float[] expected = {f, f, -f, -f, x[4]};
      assertEquals(x[4] < -f ? 3 : 2, new ClipByValue(limit).clip(x, result).clipped());
      expected[4] = Math.max(expected[4], -f);
      assertArrayEquals(expected, x);
      double up = Math.nextUp(limit);
      double[] y = {limit, up, -limit, -up, Math.nextDown(limit)};
      double[] expectedF64 = {limit, limit, -limit, -limit, y[4]};
      assertEquals(2, new ClipByValue(limit).clip(y, result).clipped());
      assertArrayEquals(expectedF64, y);
    }
  }

  @Test
  void nonFiniteElementsAreReportedAndStay() {
    float[][] x = {{2}, {INFINITY, 2, Float.NaN}};
    var skip = new ClipByValue(1);
    assertTrue(skip.clip(x, result).isSkipped());
    assertArrayEquals(new float[][] {{2}, {INFINITY, 2, Float.NaN}}, x);
    assertEquals(2, result.nonFinite());
    assertEquals(1, result.firstArray());
    assertEquals(0, result.firstIndex());
    var error = new ClipByValue(1, NonFinite.ERROR);
    assertThrows(ArithmeticException.class, () -> error.clip(x, result));
    assertEquals(2, x[0][0]);
    assertEquals(2, new ClipByValue(1, NonFinite.CLIP_FINITE).clip(x, result).clipped());
    assertArrayEquals(new float[][] {{1}, {INFINITY, 1, Float.NaN}}, x);
  }

  @Test
  void argumentsAreChecked() {
    var e = assertThrows(IllegalArgumentException.class, () -> new ClipByValue(-1));
    assertEquals("limit = -1.0, expected 0 < limit < infinity", e.getMessage());
    float[] x = {1};
    float[][] twice = {x, x};
    assertThrows(IllegalArgumentException.class, () -> new ClipByValue(1).clip(twice, result));
  }
}
