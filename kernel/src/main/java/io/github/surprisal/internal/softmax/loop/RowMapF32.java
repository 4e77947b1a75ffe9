package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.surprisal.internal.loop.Loop;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** A function of each element of a row, and of the one beside it in another array. */
final class RowMapF32 {
  private static final RowMapKind KIND =
      Loop.constants(MethodHandles.lookup(), RowMapKind.LOG_PROBABILITIES);
  private static final boolean LOG_PROBABILITIES = KIND == RowMapKind.LOG_PROBABILITIES;
  private static final boolean BACKWARD = KIND == RowMapKind.BACKWARD;

  private RowMapF32() {}

  static void run(RowMapOperandsF32 o) {
    float[] xs = o.x;
    float[] ys = o.y;
    float[] to = o.to;
    int xAt = o.xAt;
    int yAt = o.yAt;
    int toAt = o.toAt;
    int n = o.n;
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      // In a method of its own this is not inlined where rows shorter than a vector are many.
      FloatVector x = fromArray(F32, xs, xAt + i);
      FloatVector y = fromArray(F32, ys, yAt + i);
      FloatVector z =
          LOG_PROBABILITIES
              ? x.sub(o.b).fma(broadcast(F32, o.a), broadcast(F32, -o.c))
              : BACKWARD
                  ? x.mul(o.a).mul(y.sub(o.b))
                  : x.fma(broadcast(F32, o.a), broadcast(F32, o.b)).mul(y);
      z.intoArray(to, toAt + i);
    }
    for (; i < n; i++) {
      float x = xs[xAt + i];
      float y = ys[yAt + i];
      to[toAt + i] =
          LOG_PROBABILITIES
              ? Math.fma(x - o.b, o.a, -o.c)
              : BACKWARD ? x * o.a * (y - o.b) : Math.fma(x, o.a, o.b) * y;
    }
  }
}
