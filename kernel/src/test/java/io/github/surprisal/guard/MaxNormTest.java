package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.surprisal.reference.DoubleDouble;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.VectorNorm;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is above maxNorm is clipped, what is not is left, and nothing is above it afterwards. */
class MaxNormTest {
  private static final DoubleDouble ZERO = DoubleDouble.of(0);
  private static final int TRIALS = 100_000;
  private final ClipResult result = new ClipResult();

  private static DoubleDouble exact(Norm norm, double[] x) {
    return VectorNorm.values()[norm.ordinal()].of(ZERO, x);
  }

  /** Some elements of one size, or of sizes far apart. */
  private static double[] sample(SplittableRandom random) {
    double[] x = new double[1 + random.nextInt(40)];
    boolean isWide = random.nextBoolean();
    for (int i = 0; i < x.length; i++) {
      double size = isWide ? Math.scalb(1.0, random.nextInt(61) - 30) : 1;
      x[i] = size * (random.nextDouble() - 0.5);
    }
    return x;
  }

  /** Next to the norm, where the comparison is hard, or well below. */
  private static double maxNorm(SplittableRandom random, DoubleDouble norm) {
    double near = Math.max(Float.MIN_NORMAL, Precision.FLOAT64.round(norm));
    return switch (random.nextInt(4)) {
      case 0 -> near;
      case 1 -> Math.nextDown(near);
      case 2 -> Math.nextUp(near);
      default -> near * (0.01 + random.nextDouble());
    };
  }

  /** Whether it is above; of norm 2 by the squares, since the oracle's root is rounded. */
  private static boolean isAbove(Norm norm, double[] x, double maxNorm) {
    var limit = DoubleDouble.of(maxNorm);
    if (norm != Norm.TWO) {
      return exact(norm, x).isGreaterThan(limit);
    }
    DoubleDouble sum = ZERO;
    for (double v : x) {
      sum = sum.add(DoubleDouble.of(v).multiply(v));
    }
    return sum.isGreaterThan(limit.multiply(limit));
  }

  @ParameterizedTest
  @EnumSource
  void float32(Norm norm) {
    var random = new SplittableRandom(1);
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] sample = sample(random);
      float[] x = new float[sample.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) sample[i];
      }
      double maxNorm = maxNorm(random, exact(norm, Samples.toDoubles(x)));
      boolean isAbove = isAbove(norm, Samples.toDoubles(x), maxNorm);
      new ClipByNorm(maxNorm, norm, NonFinite.SKIP).clip(x, result);
      assertEquals(isAbove, result.isClipped(), result::toString);
      assertFalse(isAbove(norm, Samples.toDoubles(x), maxNorm), result::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void float64(Norm norm) {
    var random = new SplittableRandom(2);
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] x = sample(random);
      double maxNorm = maxNorm(random, exact(norm, x));
      boolean isAbove = isAbove(norm, x, maxNorm);
      new ClipByNorm(maxNorm, norm, NonFinite.SKIP).clip(x, result);
      assertEquals(isAbove, result.isClipped(), result::toString);
      assertFalse(isAbove(norm, x, maxNorm), result::toString);
    }
  }

  /** Of whole numbers, whose norms are told from sums of long; of what is clipped, in 106 bits. */
  @Test
  void neverAboveMaxNormInAMillionArrays() {
    var random = new SplittableRandom(1);
    for (int trial = 0; trial < 1_000_000; trial++) {
      float[] x = new float[1 + random.nextInt(6)];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextInt(1 << 24);
      }
      float maxNorm = 1 + random.nextInt(1 << 24);
      boolean isAbove = squares(x) > (double) maxNorm * maxNorm;
      new ClipByNorm(maxNorm).clip(x, result);
      assertEquals(isAbove, result.isClipped());
      if (isAbove) {
        assertFalse(
            exact(Norm.TWO, Samples.toDoubles(x)).isGreaterThan(DoubleDouble.of(maxNorm)),
            result::toString);
      }
    }
  }

  private static double squares(float[] x) {
    long sum = 0;
    for (float v : x) {
      sum += (long) v * (long) v;
    }
    return sum;
  }
}
