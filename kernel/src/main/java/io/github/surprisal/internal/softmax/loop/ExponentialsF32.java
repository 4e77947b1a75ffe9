package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.TemperatureF32;
import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.TreeF32;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The exponentials of each row and their sum but for the largest, e_k, with how many are as large:
 *
 * <pre>
 *   e_j = exp(x_j / T) 2^-c,   rest = sum of e_j over e_j != e_k
 * </pre>
 *
 * so that nothing is subtracted from a sum. Element i belongs to lane i mod 16; the accumulators
 * take turns, so that memory is read once, in order. The last vector of a block overlaps the one
 * before it, and only its new elements are added.
 *
 * <p>Row by row, the maximum is found first: then the row is in the cache.
 */
final class ExponentialsF32 {
  private static final ExponentialsKind KIND =
      Loop.constants(MethodHandles.lookup(), ExponentialsKind.PLAIN);
  private static final boolean TEMPERED = KIND.tempered();
  private static final boolean ENTROPY = KIND.entropy();

  private static final int LENGTH = F32.length();

  /** Accumulators that take turns; with more than four, lanes are gone through one by one. */
  private static final int TURNS = LENGTH * 4 >= Sizes.LANES ? Sizes.LANES / LENGTH : 1;

  private static final int STEP = LENGTH * TURNS == Sizes.LANES ? LENGTH : Sizes.LANES;

  private ExponentialsF32() {}

  static void run(ExponentialsOperandsF32 a) {
    for (int r = 0; r < a.rows; r++) {
      if (a.whole) {
        row(a, r);
      } else {
        a.scale.set((float) a.softmax.max[r]);
        block(a, r, 0, a.block, a.n);
      }
    }
  }

  private static void row(ExponentialsOperandsF32 a, int r) {
    int at = a.x.at(r);
    float max = MaximumF32.max(a.x.array, at, a.n);
    int label = a.label == null ? -1 : a.label[r];
    a.softmax.start(r, max, label < 0 ? Float.NEGATIVE_INFINITY : a.x.array[at + label]);
    a.scale.set(max);
    for (int c = 0, n; c < a.n; c += n) {
      n = Sizes.block(c, a.n);
      block(a, r, c, c, n);
    }
  }

  /** The block of n classes from class c on, which is at {@code from} of what the row has. */
  private static void block(ExponentialsOperandsF32 a, int r, int from, int c, int n) {
    SoftmaxScalars s = a.softmax;
    int at = a.x.at(r) + from;
    int to = a.keeps ? a.e.at(r) + from : a.e.at(r);
    int left = n & (LENGTH - 1);
    float top = a.scale.maxExp();
    if (left > 0) {
      // Before its first elements are overwritten.
      last(a, at + n - LENGTH);
    }
    int maxima = 0;
    for (int lane = 0; lane < Sizes.LANES; lane += TURNS * LENGTH) {
      maxima += lanes(a, at, to, n, lane, top);
    }
    if (left > 0) {
      maxima += addLast(a, to, n, left, top);
    }
    s.ties[r] += maxima;
    s.rest[r] += TreeF32.sum(a.sums.first);
    if (ENTROPY) {
      s.second[r] += TreeF32.sum(a.sums.second);
    }
    int label = a.label == null ? -1 : a.label[r] - c;
    if (label >= 0 && label < n) {
      s.labelExp[r] = a.e.array[to + label];
    }
    s.maxExp[r] = top;
  }

  /** Returns the number of exponentials that are as large as the largest, {@code top}. */
  private static int lanes(
      ExponentialsOperandsF32 a, int from, int to, int n, int lane, float top) {
    TemperatureF32 t = a.scale.temperature;
    float log2e = t.log2e;
    float high = t.high;
    float low = t.low;
    float inverse = t.inverse;
    float shift = a.scale.shift;
    float max = a.scale.max;
    FloatVector o = broadcast(F32, a.scale.origin);
    float[] x = a.x.array;
    float[] e = a.e.array;
    FloatVector s0 = zero(F32);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector u0 = s0;
    FloatVector u1 = s0;
    FloatVector u2 = s0;
    FloatVector u3 = s0;
    int maxima = 0;
    int end = n - LENGTH;
    int i = lane;
    for (; i <= end; i += STEP) {
      FloatVector v = fromArray(F32, x, from + i);
      FloatVector p = exp(v.sub(shift), o, log2e, high, low, inverse);
      p.intoArray(e, to + i);
      VectorMask<Float> isMax = p.compare(EQ, top);
      maxima += isMax.trueCount();
      FloatVector s = s0.add(p.blend(0f, isMax));
      s0 = TURNS == 1 ? s : s1;
      s1 = TURNS == 2 ? s : s2;
      s2 = s3;
      s3 = s;
      if (ENTROPY) {
        FloatVector u = add(u0, p, v, max);
        u0 = TURNS == 1 ? u : u1;
        u1 = TURNS == 2 ? u : u2;
        u2 = u3;
        u3 = u;
      }
    }
    store(s0, a.sums.first, i);
    if (TURNS > 1) {
      store(s1, a.sums.first, i + LENGTH);
    }
    if (TURNS > 2) {
      store(s2, a.sums.first, i + 2 * LENGTH);
      store(s3, a.sums.first, i + 3 * LENGTH);
    }
    if (ENTROPY) {
      store(u0, a.sums.second, i);
      if (TURNS > 1) {
        store(u1, a.sums.second, i + LENGTH);
      }
      if (TURNS > 2) {
        store(u2, a.sums.second, i + 2 * LENGTH);
        store(u3, a.sums.second, i + 3 * LENGTH);
      }
    }
    return maxima;
  }

  private static FloatVector exp(
      FloatVector x, FloatVector origin, float log2e, float high, float low, float inverse) {
    return TEMPERED
        ? ExpF32.expScaled(x, origin, log2e, high, low, inverse)
        : ExpF32.expScaled(x, origin);
  }

  /** Adds the term of logit x with exponential e to the second sum. */
  private static FloatVector add(FloatVector sum, FloatVector e, FloatVector x, float max) {
    // An impossible class adds nothing.
    FloatVector d = broadcast(F32, max).sub(x).blend(0f, x.compare(EQ, Float.NEGATIVE_INFINITY));
    return e.fma(d, sum);
  }

  /** Keeps the last vector, which begins at x[at], and its exponentials. */
  private static void last(ExponentialsOperandsF32 a, int at) {
    TemperatureF32 t = a.scale.temperature;
    FloatVector x = fromArray(F32, a.x.array, at);
    FloatVector o = broadcast(F32, a.scale.origin);
    x.intoArray(a.sums.last, 0);
    exp(x.sub(a.scale.shift), o, t.log2e, t.high, t.low, t.inverse).intoArray(a.sums.lastExp, 0);
  }

  /** Stores the last vector of n elements and adds its last ones; returns the largest in them. */
  private static int addLast(ExponentialsOperandsF32 a, int to, int n, int left, float top) {
    PartialSumsF32 sums = a.sums;
    int lane = (n - left) & (Sizes.LANES - 1);
    int begin = LENGTH - left;
    fromArray(F32, sums.lastExp, 0).intoArray(a.e.array, to + n - LENGTH);
    FloatVector p = fromArray(F32, sums.lastExp, begin);
    VectorMask<Float> isMax = p.compare(EQ, top);
    fromArray(F32, sums.first, lane).add(p.blend(0f, isMax)).intoArray(sums.first, lane);
    for (int i = 0; ENTROPY && i < left; i++) {
      float y = sums.last[begin + i];
      float d = y == Float.NEGATIVE_INFINITY ? 0 : a.scale.max - y;
      sums.second[lane + i] = Math.fma(sums.lastExp[begin + i], d, sums.second[lane + i]);
    }
    return isMax.trueCount();
  }

  /** Stores the accumulator that is to take vector i next; short enough to be always inlined. */
  private static void store(FloatVector sum, float[] lanes, int i) {
    sum.intoArray(lanes, i & (Sizes.LANES - 1));
  }
}
