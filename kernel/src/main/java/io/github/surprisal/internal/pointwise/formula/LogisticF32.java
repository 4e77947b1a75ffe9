package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.internal.lane.ExpF32;
import jdk.incubator.vector.FloatVector;

/**
 * What losses of a logit x share, all of it from e = exp(-|x|), so that nothing overflows:
 *
 * <pre>
 *   softplus(x) = max(x, 0) + log1p(e)
 *   sigmoid(x)  = 1 / (1 + e) for x >= 0, e / (1 + e) below
 * </pre>
 */
final class LogisticF32 {
  private LogisticF32() {}

  static FloatVector e(FloatVector x) {
    return ExpF32.expNonPositive(x.abs().neg());
  }

  /** softplus(x) with log = log1p(e). */
  static FloatVector softplus(FloatVector x, FloatVector log) {
    return x.blend(0f, x.compare(LT, 0f)).add(log);
  }

  /** {@code a} where x >= 0, else {@code b}. */
  static FloatVector select(FloatVector x, FloatVector a, FloatVector b) {
    return a.blend(b, x.compare(LT, 0f));
  }

  /** sigmoid(x) sigmoid(-x), but not below {@code least}. */
  static FloatVector variance(FloatVector e, float least) {
    FloatVector inverse = broadcast(F32, 1f).div(e.add(1f));
    FloatVector variance = e.mul(inverse).mul(inverse);
    return variance.blend(least, variance.compare(LT, least));
  }

  /** A target, NaN if it is infinite. */
  static FloatVector finite(FloatVector t) {
    return t.sub(t.sub(t));
  }

  /** weight y, 0 for a weight of 0 even where y is infinite. */
  static FloatVector times(FloatVector weight, FloatVector y) {
    FloatVector product = weight.mul(y);
    return product.blend(0f, weight.compare(EQ, 0f));
  }
}
