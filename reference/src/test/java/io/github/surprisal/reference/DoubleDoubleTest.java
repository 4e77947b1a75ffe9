package io.github.surprisal.reference;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Double-double against 100 digits. */
class DoubleDoubleTest {

  private static final long SEED = 1729;

  /** One operation, on operands of 106 bits. */
  private static final double OPERATION = 0x1p-102;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void operationsKeep102Bits() {
    for (int i = 0; i < 20_000; i++) {
      DoubleDouble x = wide();
      // Every third pair nearly cancels.
      DoubleDouble y = i % 3 == 0 ? x.negate().multiply(nearOne()) : wide();
      String message = x + " and " + y + ", seed " + SEED;
      HundredDigits exactX = RelativeError.exact(x);
      HundredDigits exactY = RelativeError.exact(y);
      assertOperation(x.add(y), exactX.add(exactY), message);
      assertOperation(x.multiply(y), exactX.multiply(exactY), message);
      if (i % 10 == 0) {
        assertOperation(x.divide(y), exactX.divide(exactY), message);
        int n = random.nextInt(1, 10_000);
        assertOperation(x.divide(n), exactX.divide(n), message);
      }
    }
  }

  private static void assertOperation(DoubleDouble actual, HundredDigits expected, String message) {
    RelativeError.assertWithin(OPERATION, actual, expected, message);
  }

  @Test
  void addsNumbersThatAreFarApart() {
    for (int apart = 40; apart < 400; apart += 9) {
      DoubleDouble x = DoubleDouble.of(1.5);
      DoubleDouble y = DoubleDouble.of(-1.25).scalb(-apart);
      HundredDigits sum = RelativeError.exact(x).add(RelativeError.exact(y));
      assertOperation(x.add(y), sum, "apart by " + apart);
      assertOperation(y.add(x), sum, "apart by " + apart);
    }
  }

  @Test
  void expKeeps90Bits() {
    for (int i = 0; i < 1500; i++) {
      // Half of the points straddle a change of the power of two in exp's reduction.
      double x = random.nextDouble(-745, 709.7);
      double edge = (Math.rint(x) + 0.5) * 0x1.62e42fefa39efp-1;
      double argument = i % 2 == 0 ? x : edge + random.nextInt(-2, 3) * Math.ulp(edge);
      assertFunction(argument, DoubleDouble::exp, HundredDigits::exp);
    }
  }

  @Test
  void logKeeps90Bits() {
    for (int i = 0; i < 1500; i++) {
      double near = 1 + Math.scalb(random.nextDouble(-1, 1), -random.nextInt(54));
      double any = Math.scalb(random.nextDouble(1, 2), random.nextInt(-1074, 1024));
      assertFunction(i % 2 == 0 ? near : any, DoubleDouble::log, HundredDigits::log);
    }
    for (double x :
        new double[] {0.5, Math.nextUp(0.5), 1.5, Math.nextDown(1.5), 2, 4, 0x1p-1074}) {
      assertFunction(x, DoubleDouble::log, HundredDigits::log);
    }
  }

  @Test
  void log1pAndExpm1AndTanhKeep90Bits() {
    for (int i = 0; i < 700; i++) {
      int exponent = i % 2 == 0 ? random.nextInt(-1074, -5) : random.nextInt(-5, 9);
      double x = Math.scalb(random.nextDouble(-2, 2), exponent);
      assertFunction(x, DoubleDouble::expm1, HundredDigits::expm1);
      assertFunction(x, DoubleDouble::tanh, HundredDigits::tanh);
      assertFunction(Math.abs(x), DoubleDouble::log1p, HundredDigits::log1p);
      assertFunction(random.nextDouble(-1, 1), DoubleDouble::log1p, HundredDigits::log1p);
    }
    for (double x : new double[] {0.3, -0.3, 0.5, -0.5, Math.nextDown(0.5), 1, -1 + 0x1p-53}) {
      assertFunction(x, DoubleDouble::expm1, HundredDigits::expm1);
      assertFunction(x, DoubleDouble::log1p, HundredDigits::log1p);
      assertFunction(x, DoubleDouble::tanh, HundredDigits::tanh);
    }
  }

  private static void assertFunction(
      double x, UnaryOperator<DoubleDouble> function, UnaryOperator<HundredDigits> exact) {
    if (x != 0 && Double.isFinite(x)) {
      RelativeError.assertWithin(
          RelativeError.DOUBLE_DOUBLE,
          function.apply(DoubleDouble.of(x)),
          exact.apply(HundredDigits.of(x)),
          "x = " + x + ", seed " + SEED);
    }
  }

  /** 106 random bits, of either sign, anywhere in the range of double. */
  private DoubleDouble wide() {
    double high = random.nextDouble(1, 2) * (random.nextBoolean() ? 1 : -1);
    double low = random.nextDouble(-0x1p-53, 0x1p-53);
    return DoubleDouble.of(high, low).scalb(random.nextInt(-150, 150) * random.nextInt(1, 8));
  }

  private DoubleDouble nearOne() {
    double apart = Math.scalb(random.nextDouble(-1, 1), -random.nextInt(110));
    return DoubleDouble.of(1).add(DoubleDouble.of(apart));
  }
}
