package io.github.surprisal.lane;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.lane.Species.F64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers against powers of exact decimals, twins and limits. */
class PowTest {
  private static final long SEED = 20260613;
  private static final MathContext DIGITS = new MathContext(40);

  /** Numbers up to 1, evenly by exponent, near 1, and evenly. */
  private static double draw(SplittableRandom random, int leastExponent) {
    return switch (random.nextInt(3)) {
      case 0 -> Math.scalb(1 + random.nextDouble(), random.nextInt(leastExponent, 0));
      case 1 -> 1 - Math.scalb(random.nextDouble(), random.nextInt(-30, -1));
      default -> random.nextDouble();
    };
  }

  private static double bound(double g) {
    return 1.5 + g / 4;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 1.3, 2.5, 5, 40.7})
  void floatsAreWithinTheBound(double g) {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      float a = (float) draw(random, -149);
      double exact = StrictMath.pow(a, g);
      float actual = PowF32Twin.pow(a, g);
      double ulps = Math.abs(actual - exact) / Math.ulp((float) exact);
      assertTrue(
          exact < 1.1 * Float.MIN_NORMAL || ulps <= bound(g),
          () -> "%s^%s = %s, expected %s".formatted(a, g, actual, exact));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2.5, 5, 20.5})
  void doublesAreWithinTheBound(double g) {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 3_000; i++) {
      double a = draw(random, -300);
      var decimal = new BigDecimal(a);
      var exact = decimal.pow((int) g, DIGITS);
      exact = g == (int) g ? exact : exact.multiply(decimal.sqrt(DIGITS), DIGITS);
      double actual = PowF64Twin.pow(a, g);
      double error = exact.subtract(new BigDecimal(actual)).abs().doubleValue();
      double nearest = exact.doubleValue();
      double ulps = error / Math.ulp(nearest);
      assertTrue(
          nearest < 1.1 * Double.MIN_NORMAL || ulps <= bound(g),
          () -> "%s^%s = %s, expected %s".formatted(a, g, actual, nearest));
    }
  }

  @Test
  void vectorsHaveTheBitsOfTheirTwins() {
    var random = new SplittableRandom(SEED);
    float[] floats = new float[F32.length()];
    double[] doubles = new double[F64.length()];
    for (int i = 0; i < 200; i++) {
      double g = random.nextDouble(6);
      double a = i == 0 ? 0 : i == 1 ? Double.NaN : draw(random, -149);
      PowF32.pow(FloatVector.broadcast(F32, (float) a), g).intoArray(floats, 0);
      PowF64.pow(DoubleVector.broadcast(F64, a), g).intoArray(doubles, 0);
      assertEquals(PowF32Twin.pow((float) a, g), floats[0]);
      assertEquals(PowF64Twin.pow(a, g), doubles[0]);
    }
  }

  @Test
  void limits() {
    for (double g : new double[] {0.25, 1, 3, 1e30}) {
      assertEquals(0f, PowF32Twin.pow(0, g));
      assertEquals(0, PowF64Twin.pow(0, g));
      assertEquals(1f, PowF32Twin.pow(1, g));
      assertEquals(1, PowF64Twin.pow(1, g));
      assertEquals(Float.NaN, PowF32Twin.pow(Float.NaN, g));
      assertEquals(Double.NaN, PowF64Twin.pow(Double.NaN, g));
    }
    assertEquals(0f, PowF32Twin.pow(0.5f, 1e30));
    assertEquals(0, PowF64Twin.pow(0.5, 1e30));
  }
}
