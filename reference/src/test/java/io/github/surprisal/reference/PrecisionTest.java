package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrecisionTest {

  private static final long SEED = 754;

  @Test
  void roundsToDoubleAndFloatLikeBigDecimal() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 5000; i++) {
      double high = Math.scalb(random.nextDouble(-2, 2), random.nextInt(-1090, 1023));
      assertRoundsLikeBigDecimal(high, Math.ulp(high) * random.nextDouble(-0.5, 0.5));
      double floatRange = Math.scalb(random.nextDouble(-2, 2), random.nextInt(-155, 130));
      assertRoundsLikeBigDecimal(floatRange, 0);
      // Half-way between two floats, subnormal ones included, and a hair to either side.
      float f = Float.intBitsToFloat(random.nextInt(0x7f7fffff));
      double tie = ((double) f + Math.nextUp(f)) / 2;
      assertRoundsLikeBigDecimal(tie, 0);
      assertRoundsLikeBigDecimal(-tie, tie * 0x1p-60);
      assertRoundsLikeBigDecimal(tie, -tie * 0x1p-60);
    }
  }

  private static void assertRoundsLikeBigDecimal(double high, double low) {
    BigDecimal exact = new BigDecimal(high).add(new BigDecimal(low));
    if (exact.signum() == 0) {
      return;
    }
    String message = high + " + " + low + ", seed " + SEED;
    DoubleDouble pair = DoubleDouble.of(high).add(DoubleDouble.of(low));
    assertEquals(exact.doubleValue(), Precision.FLOAT64.round(pair), message);
    assertEquals(exact.floatValue(), (float) Precision.FLOAT32.round(pair), message);
    HundredDigits digits = HundredDigits.of(high).add(HundredDigits.of(low));
    assertEquals(exact.doubleValue(), Precision.FLOAT64.round(digits), message);
    assertEquals(exact.floatValue(), (float) Precision.FLOAT32.round(digits), message);
  }

  @Test
  void roundsToFloat16LikeTheJdk() {
    for (int bits = 0; bits < 0x48000000; bits += 4099) {
      float x = Float.intBitsToFloat(bits);
      double expected = Float.float16ToFloat(Float.floatToFloat16(x));
      assertEquals(expected, Precision.FLOAT16.round(DoubleDouble.of(x)), "x = " + x);
      assertEquals(-expected, Precision.FLOAT16.round(DoubleDouble.of(-x)), "x = " + -x);
    }
  }

  @Test
  void roundsToBfloat16TiesToEven() {
    // A bfloat16 is the upper half of a float; adding half of the lower half rounds.
    for (int bits = 0; bits < 0x7f800000; bits += 4093) {
      int even = bits + 0x7fff + (bits >>> 16 & 1);
      double expected = Float.intBitsToFloat(even & 0xffff0000);
      double x = Float.intBitsToFloat(bits);
      assertEquals(expected, Precision.BFLOAT16.round(DoubleDouble.of(x)), "x = " + x);
    }
    assertEquals(1, Precision.BFLOAT16.round(DoubleDouble.of(1 + 0x1p-8)));
    assertEquals(1 + 0x1p-6, Precision.BFLOAT16.round(DoubleDouble.of(1 + 0x1.8p-7)));
  }

  @Test
  void termsBeyondTheLargestValueHaveLargerUlps() {
    DoubleDouble exact = DoubleDouble.of(1);
    double actual = 1 + 0x1p110;
    assertEquals(0.25, Precision.FLOAT32.ulps(actual, exact, DoubleDouble.of(0x1p135)));
    assertEquals(0x1p104, Precision.FLOAT32.ulp(DoubleDouble.of(0x1p135)));
  }

  @Test
  void overflowGoesToInfinityFromHalfAnUlpBeyondTheLargestValue() {
    for (Precision precision : Precision.values()) {
      DoubleDouble max = DoubleDouble.of(precision.max());
      DoubleDouble half = DoubleDouble.of(precision.ulp(max) / 2);
      assertEquals(Double.POSITIVE_INFINITY, precision.round(max.add(half)));
      DoubleDouble below = half.multiply(DoubleDouble.of(1 - 0x1p-40));
      assertEquals(precision.max(), precision.round(max.add(below)), precision + " max");
    }
    assertEquals(Float.MAX_VALUE, Precision.FLOAT32.max());
    assertEquals(Double.MAX_VALUE, Precision.FLOAT64.max());
    assertEquals(65504, Precision.FLOAT16.max());
  }

  @Test
  void keepsTheSignOfZeroAndOfAnUnderflow() {
    assertEquals(-0.0, Precision.FLOAT32.round(HundredDigits.of(-0.0)));
    assertEquals(-0.0, Precision.FLOAT32.round(HundredDigits.of(-1e-300)));
    assertEquals(0.0, Precision.FLOAT64.round(HundredDigits.of(-1000).exp()));
  }

  @Test
  void measuresFractionsOfAnUlp() {
    HundredDigits third = HundredDigits.of(1).divide(HundredDigits.of(3));
    assertEquals(1 / 3.0, Precision.FLOAT32.ulps(1f / 3, third), 1e-12);
    assertEquals(1 / 3.0, Precision.FLOAT64.ulps(1.0 / 3, third), 1e-12);
    assertEquals(2, Precision.FLOAT32.ulps(1 + 0x1p-22, DoubleDouble.of(1)), 0);
    // Just below 1 the spacing is half as wide.
    DoubleDouble below = DoubleDouble.of(1, -0x1p-80);
    assertEquals(1, Precision.FLOAT32.ulps(1 - 0x1p-24, below), 1e-12);
    // Among the subnormals the spacing is constant.
    assertEquals(0.25, Precision.FLOAT32.ulps(0, DoubleDouble.of(0x1p-151)), 0);
    assertEquals(0.25, Precision.FLOAT64.ulps(0, DoubleDouble.of(0x1p-1073).divide(8)), 0);
    // In ulps of the larger term that cancelled.
    assertEquals(0.5, Precision.FLOAT32.ulps(0x1p-24, DoubleDouble.of(0), DoubleDouble.of(1.5)), 0);
  }

  @Test
  void infinityIsRightOnlyWhereTheValueOverflows() {
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(0, Precision.FLOAT32.ulps(infinity, DoubleDouble.of(1e39)));
    assertEquals(infinity, Precision.FLOAT32.ulps(infinity, DoubleDouble.of(3e38)));
    assertEquals(infinity, Precision.FLOAT32.ulps(Float.MAX_VALUE, DoubleDouble.of(1e39)));
    assertEquals(infinity, Precision.FLOAT32.ulps(Double.NaN, DoubleDouble.of(1)));
    assertEquals(0, Precision.FLOAT32.ulps(Double.NaN, DoubleDouble.of(Double.NaN)));
  }
}
