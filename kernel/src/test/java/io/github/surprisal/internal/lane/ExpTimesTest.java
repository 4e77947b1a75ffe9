package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.F64;
import static io.github.surprisal.reference.Precision.FLOAT32;
import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.HundredDigits;
import java.util.SplittableRandom;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Products with an exponential that may itself overflow or underflow. */
class ExpTimesTest {
  private static final long SEED = 20260615;

  private static HundredDigits exact(double x, double t) {
    return HundredDigits.of(x).exp().multiply(t);
  }

  @Test
  void floatsAreWithinTheBound() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 5000; i++) {
      float t = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(-149, 128));
      float x = (float) random.nextDouble(-210, 210);
      float y = ExpF32Twin.expTimes(x, t);
      var exact = exact(x, t);
      double ulps = FLOAT32.ulps(y, exact);
      boolean isFlushed = FLOAT32.round(exact.subtract(y).abs()) < Float.MIN_NORMAL;
      assertTrue(ulps <= 1.5 || isFlushed, () -> t + " e^" + x + " = " + y + ", " + ulps);
    }
  }

  @Test
  void doublesAreWithinTheBound() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 5000; i++) {
      double t = Math.scalb(1 + random.nextDouble(), random.nextInt(-1074, 1024));
      double x = random.nextDouble(-1510, 1510);
      double y = ExpF64Twin.expTimes(x, t);
      var exact = exact(x, t);
      double ulps = FLOAT64.ulps(y, exact);
      boolean isFlushed = FLOAT64.round(exact.subtract(y).abs()) < Double.MIN_NORMAL;
      assertTrue(ulps <= 1.5 || isFlushed, () -> t + " e^" + x + " = " + y + ", " + ulps);
    }
  }

  @Test
  void vectorsHaveTheBitsOfTheirTwins() {
    float[] floats = new float[F32.length()];
    double[] doubles = new double[F64.length()];
    for (double x : Samples.SPECIAL) {
      for (double t : Samples.SPECIAL) {
        var vector = FloatVector.broadcast(F32, (float) x);
        ExpF32.expTimes(vector, FloatVector.broadcast(F32, (float) t)).intoArray(floats, 0);
        ExpF64.expTimes(DoubleVector.broadcast(F64, x), DoubleVector.broadcast(F64, t))
            .intoArray(doubles, 0);
        assertEquals(ExpF32Twin.expTimes((float) x, (float) t), floats[0]);
        assertEquals(ExpF64Twin.expTimes(x, t), doubles[0]);
      }
    }
  }

  @Test
  void limits() {
    double inf = Double.POSITIVE_INFINITY;
    double[][] cases = {
      {inf, 0, 0},
      {-inf, 3, 0},
      {-inf, inf, Double.NaN},
      {inf, 1e-45, inf},
      {inf, -1e-45, -inf},
      {-1e30, inf, inf},
      {-1e30, 1e38, 0},
      {Double.NaN, 1, Double.NaN},
      {0, Double.NaN, Double.NaN}
    };
    for (double[] c : cases) {
      assertEquals((float) c[2], ExpF32Twin.expTimes((float) c[0], (float) c[1]));
      assertEquals(c[2], ExpF64Twin.expTimes(c[0], c[1]));
    }
  }
}
