package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.TreeF32;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over a block in 16 lanes, of the terms that a {@link SumKind} states. A sum that is not
 * finite is taken again in double, in the order of the elements, but that of a log-ratio, which has
 * another form for that.
 */
final class SumF32 {
  private static final SumKind KIND = Loop.constants(MethodHandles.lookup(), SumKind.TARGETS);
  private static final boolean TARGETS = KIND == SumKind.TARGETS;
  private static final boolean LOG_RATIO = KIND == SumKind.LOG_RATIO;
  private static final boolean GAP = KIND == SumKind.GAP;
  private static final float GAP_SCALE = 0x1p-13f;

  private SumF32() {}

  static void run(SumOperandsF32 a) {
    Arrays.fill(a.sums.first, 0);
    Arrays.fill(a.sums.second, 0);
    int whole = a.n & -Sizes.LANES;
    float m = a.max * GAP_SCALE;
    for (int lane = 0; whole > 0 && lane < Sizes.LANES; lane += F32.length()) {
      add(a, lane, whole);
    }
    for (int i = whole; i < a.n; i++) {
      float x = a.x[a.xAt + i];
      float y = a.y[a.yAt + i];
      float z = LOG_RATIO ? a.z[a.zAt + i] : 0;
      float d = Math.fma(z - a.otherMax, a.minusRatio, y - a.max);
      d = y == Float.NEGATIVE_INFINITY ? 0 : d;
      float s = a.sums.first[i - whole];
      a.sums.first[i - whole] =
          LOG_RATIO
              ? Math.fma(x, d, s)
              : s + (GAP ? Math.fma(x, -GAP_SCALE, m) : TARGETS ? x : x * y);
      a.sums.second[i - whole] += TARGETS && x != 0 ? x * (a.max - y) : 0;
    }
    float first = TreeF32.sum(a.sums.first);
    float second = TreeF32.sum(a.sums.second);
    boolean isLast = LOG_RATIO || GAP || Float.isFinite(first);
    a.first += isLast ? first : inDouble(a, false);
    a.second += Float.isFinite(second) ? second : inDouble(a, true);
  }

  private static void add(SumOperandsF32 a, int lane, int n) {
    float[] x = a.x;
    float[] y = a.y;
    int xAt = a.xAt;
    int yAt = a.yAt;
    float[] z = LOG_RATIO ? a.z : x;
    int zAt = LOG_RATIO ? a.zAt : xAt;
    float max = a.max;
    float otherMax = a.otherMax;
    float minusRatio = a.minusRatio;
    FloatVector m = broadcast(F32, a.max);
    FloatVector s = fromArray(F32, a.sums.first, lane);
    FloatVector u = fromArray(F32, a.sums.second, lane);
    for (int i = lane; i < n; i += Sizes.LANES) {
      FloatVector v = fromArray(F32, x, xAt + i);
      FloatVector w = fromArray(F32, y, yAt + i);
      s =
          LOG_RATIO
              ? v.fma(logRatio(w, fromArray(F32, z, zAt + i), max, otherMax, minusRatio), s)
              : s.add(GAP ? gap(v, max) : TARGETS ? v : v.mul(w));
      if (TARGETS) {
        u = u.add(v.mul(m.sub(w)).blend(0f, v.compare(EQ, 0f)));
      }
    }
    s.intoArray(a.sums.first, lane);
    u.intoArray(a.sums.second, lane);
  }

  private static FloatVector gap(FloatVector x, float max) {
    return x.fma(broadcast(F32, -GAP_SCALE), broadcast(F32, max * GAP_SCALE));
  }

  private static FloatVector logRatio(
      FloatVector y, FloatVector z, float max, float otherMax, float minusRatio) {
    FloatVector d = z.sub(otherMax).fma(broadcast(F32, minusRatio), y.sub(max));
    return d.blend(0f, y.compare(EQ, Float.NEGATIVE_INFINITY));
  }

  private static double inDouble(SumOperandsF32 a, boolean second) {
    double sum = 0;
    for (int i = 0; i < a.n; i++) {
      double x = a.x[a.xAt + i];
      double y = a.y[a.yAt + i];
      if (second) {
        sum += x == 0 ? 0 : x * (a.max - y);
      } else {
        sum += TARGETS ? x : x * y;
      }
    }
    return sum;
  }
}
