package io.github.surprisal.internal.lane;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Arguments at which elementary functions go wrong, and others. */
final class Samples {
  static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    // Ends of the exponential: overflow, least normal result, least result.
    709.782712893384,
    -708.3964185322641,
    -745.1332191019412,
    88.72283905206835,
    -87.33654475055310,
    -103.97207708399179,
    // tanh is 1 above these, expm1 is -1 below.
    19.061547465398498,
    9.010913347279288,
    -37.42994775023705,
    -17.32867951399863
  };

  private Samples() {}

  /**
   * Powers of two and their like, at and around which intervals of the reductions meet: 2^k, 3/2
   * 2^k, 4/3 2^k, 1 and -1 from these, and odd multiples of ln(2) / 2 and ln(2) / 4; each with the
   * given number of neighbours on both sides.
   */
  static DoubleStream hard(int neighbours) {
    DoubleStream powers =
        IntStream.rangeClosed(Double.MIN_EXPONENT - 52, Double.MAX_EXPONENT)
            .mapToDouble(k -> Math.scalb(1.0, k))
            .flatMap(x -> DoubleStream.of(x, 1.5 * x, x / 0.75))
            .flatMap(x -> DoubleStream.of(x, -x, x - 1, 1 - x, 1 + x, -1 - x));
    DoubleStream multiples =
        IntStream.rangeClosed(-4400, 4400).mapToDouble(k -> k * (StrictMath.log(2) / 4));
    return DoubleStream.concat(DoubleStream.of(SPECIAL), DoubleStream.concat(powers, multiples))
        .flatMap(x -> around(x, neighbours));
  }

  private static DoubleStream around(double x, int neighbours) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return DoubleStream.of(x);
    }
    return IntStream.rangeClosed(-neighbours, neighbours)
        .mapToDouble(i -> Double.longBitsToDouble(Double.doubleToRawLongBits(x) + i));
  }

  /**
   * By quarters: any bits; +-2^-60 to 2^11, evenly by exponent; +-1 and such; -40 to 40, evenly.
   */
  static DoubleStream random(long count, long seed) {
    var random = new SplittableRandom(seed);
    return DoubleStream.generate(() -> draw(random)).limit(count);
  }

  private static double draw(SplittableRandom random) {
    double sign = random.nextBoolean() ? 1 : -1;
    double x = sign * Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 11));
    return switch (random.nextInt(4)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> x;
      case 2 -> random.nextBoolean() ? 1 + x : x - 1;
      default -> random.nextDouble(-40, 40);
    };
  }
}
