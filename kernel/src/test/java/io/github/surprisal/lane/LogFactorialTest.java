package io.github.surprisal.lane;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.lane.Species.F64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.HundredDigits;
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

  private static double error(double actual, HundredDigits exact, double unit) {
    var scale = exact.abs().max(exact.constant(1)).multiply(unit);
    return Double.parseDouble(
        exact.constant(actual).subtract(exact).abs().divide(scale).toString());
  }

  @Test
  void floatsAreWithinTheBounds() {
    var worst = new double[2];
    sweep(4000)
        .forEach(x -> {
          float t = (float) x;
          worst[0] = Math.max(worst[0], error(LogFactorialF32Twin.mean(t), mean(t), FLOAT_UNIT));
          if (t >= 1) {
            float actual = LogFactorialF32Twin.stirlingMean(t);
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
          worst[0] = Math.max(worst[0], error(LogFactorialF64Twin.mean(t), mean(t), DOUBLE_UNIT));
          if (t >= 1) {
            double actual = LogFactorialF64Twin.stirlingMean(t);
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
          LogFactorialF32.mean(FloatVector.broadcast(F32, (float) t)).intoArray(floats, 0);
          LogFactorialF64.mean(DoubleVector.broadcast(F64, t)).intoArray(doubles, 0);
          assertEquals(LogFactorialF32Twin.mean((float) t), floats[0]);
          assertEquals(LogFactorialF64Twin.mean(t), doubles[0]);
        });
  }

  @Test
  void limits() {
    assertEquals((float) -EULER, LogFactorialF32Twin.mean(0));
    assertEquals(-EULER, LogFactorialF64Twin.mean(0));
    assertEquals(0f, LogFactorialF32Twin.mean(1));
    assertEquals(0, LogFactorialF64Twin.mean(1));
    assertEquals(Float.POSITIVE_INFINITY, LogFactorialF32Twin.mean(Float.POSITIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, LogFactorialF64Twin.mean(Double.POSITIVE_INFINITY));
    assertEquals(Float.NaN, LogFactorialF32Twin.mean(Float.NaN));
    assertEquals(Double.NaN, LogFactorialF64Twin.mean(Double.NaN));
    assertEquals(
        Float.POSITIVE_INFINITY, LogFactorialF32Twin.stirlingMean(Float.POSITIVE_INFINITY));
    assertEquals(
        Double.POSITIVE_INFINITY, LogFactorialF64Twin.stirlingMean(Double.POSITIVE_INFINITY));
    assertEquals(Float.NaN, LogFactorialF32Twin.stirlingMean(Float.NaN));
    assertEquals(Double.NaN, LogFactorialF64Twin.stirlingMean(Double.NaN));
  }
}
