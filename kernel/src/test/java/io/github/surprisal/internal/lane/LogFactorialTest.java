package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.F64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.HundredDigits;
import io.github.surprisal.reference.Precision;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Means of logarithms against 100 digits, twins and limits. */
class LogFactorialTest {
  private static final double EULER = 0.5772156649015329;
  private static final double FLOAT_UNIT = 0x1p-24;
  private static final double DOUBLE_UNIT = 0x1p-53;

  /** By quarters: evenly from 0 to 1 and to 10, near small whole numbers, evenly by exponent. */
  private static DoubleStream sweep(int count) {
    var random = new SplittableRandom(20260614);
    return DoubleStream.generate(() ->
            switch (random.nextInt(4)) {
              case 0 -> random.nextDouble();
              case 1 -> random.nextDouble(10);
              case 2 -> random.nextInt(1, 10) + Math.scalb(random.nextDouble(-1, 1), -20);
              default -> Math.scalb(1 + random.nextDouble(), random.nextInt(-40, 100));
            })
        .limit(count);
  }

  private static final HundredDigits TWO_PI =
      HundredDigits.parse("6.283185307179586476925286766559005768394338798750");

  private static HundredDigits mean(double t) {
    var x = HundredDigits.of(t);
    return x.add(1).logGamma().divide(x);
  }

  private static HundredDigits stirlingMean(double t) {
    var x = HundredDigits.of(t);
    var last = TWO_PI.multiply(x).log().divide(x.multiply(2));
    return x.log().subtract(1).add(last);
  }

  private static float meanF32(float t) {
    float log = LogFactorialF32Twin.log(t);
    return LogFactorialF32Twin.mean(t, log, LogFactorialF32Twin.small(t, log));
  }

  private static double meanF64(double t) {
    double log = LogFactorialF64Twin.log(t);
    return LogFactorialF64Twin.mean(t, log, LogFactorialF64Twin.small(t, log));
  }

  private static float stirlingMeanF32(float t) {
    return LogFactorialF32Twin.stirlingMean(t, LogF32Twin.log(t));
  }

  private static double stirlingMeanF64(double t) {
    return LogFactorialF64Twin.stirlingMean(t, LogF64Twin.log(t));
  }

  private static double error(double actual, HundredDigits exact, double unit) {
    var scale = exact.abs().max(exact.constant(1)).multiply(unit);
    return Precision.FLOAT64.round(exact.constant(actual).subtract(exact).abs().divide(scale));
  }

  @Test
  void floatsAreWithinTheBounds() {
    var worst = new double[2];
    sweep(4000)
        .forEach(x -> {
          float t = (float) x;
          worst[0] = Math.max(worst[0], error(meanF32(t), mean(t), FLOAT_UNIT));
          if (t >= 1) {
            float actual = stirlingMeanF32(t);
            worst[1] = Math.max(worst[1], error(actual, stirlingMean(t), FLOAT_UNIT));
          }
        });
    assertTrue(worst[0] <= 3, () -> "mean: " + worst[0]);
    assertTrue(worst[1] <= 3, () -> "stirlingMean: " + worst[1]);
  }

  @Test
  void doublesAreWithinTheBounds() {
    var worst = new double[2];
    sweep(4000)
        .forEach(t -> {
          worst[0] = Math.max(worst[0], error(meanF64(t), mean(t), DOUBLE_UNIT));
          if (t >= 1) {
            double actual = stirlingMeanF64(t);
            worst[1] = Math.max(worst[1], error(actual, stirlingMean(t), DOUBLE_UNIT));
          }
        });
    assertTrue(worst[0] <= 3, () -> "mean: " + worst[0]);
    assertTrue(worst[1] <= 3, () -> "stirlingMean: " + worst[1]);
  }

  @Test
  void vectorsHaveTheBitsOfTheirTwins() {
    float[] floats = new float[F32.length()];
    double[] doubles = new double[F64.length()];
    DoubleStream.concat(sweep(500), DoubleStream.of(Samples.SPECIAL))
        .forEach(t -> {
          var x = FloatVector.broadcast(F32, (float) t);
          var logX = LogFactorialF32.log(x);
          LogFactorialF32.mean(x, logX, LogFactorialF32.small(x, logX)).intoArray(floats, 0);
          var y = DoubleVector.broadcast(F64, t);
          var logY = LogFactorialF64.log(y);
          LogFactorialF64.mean(y, logY, LogFactorialF64.small(y, logY)).intoArray(doubles, 0);
          assertEquals(meanF32((float) t), floats[0]);
          assertEquals(meanF64(t), doubles[0]);
        });
  }

  @Test
  void limits() {
    assertEquals((float) -EULER, meanF32(0));
    assertEquals(-EULER, meanF64(0));
    assertEquals(0f, meanF32(1));
    assertEquals(0, meanF64(1));
    assertEquals(Float.POSITIVE_INFINITY, meanF32(Float.POSITIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, meanF64(Double.POSITIVE_INFINITY));
    assertEquals(Float.NaN, meanF32(Float.NaN));
    assertEquals(Double.NaN, meanF64(Double.NaN));
    assertEquals(Float.POSITIVE_INFINITY, stirlingMeanF32(Float.POSITIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, stirlingMeanF64(Double.POSITIVE_INFINITY));
    assertEquals(Float.NaN, stirlingMeanF32(Float.NaN));
    assertEquals(Double.NaN, stirlingMeanF64(Double.NaN));
  }
}
