package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.softplus;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import jdk.incubator.vector.FloatVector;

/**
 * With the positive weight P in a, e = exp(-|x|) in b and u the smoothed target:
 *
 * <pre>
 *   l = (1 - u) softplus(x) + P u softplus(-x),   softplus(x) = max(x, 0) + log1p(e)
 *   l' = (1 - u) sigmoid(x) - P u sigmoid(-x),    l'' = (1 - u + P u) e / (1 + e)^2
 * </pre>
 */
public final class BinaryCrossEntropyWithLogitsF32 implements FormulaF32 {
  private final float kept;
  private final float spread;
  private final float leastVariance;

  public BinaryCrossEntropyWithLogitsF32(BinaryCrossEntropyWithLogits loss) {
    this(loss, HessianConvention.EXACT);
  }

  public BinaryCrossEntropyWithLogitsF32(
      BinaryCrossEntropyWithLogits loss, HessianConvention convention) {
    kept = (float) (1 - loss.labelSmoothing());
    spread = (float) (loss.labelSmoothing() / 2);
    leastVariance = convention.isXgboost() ? 1e-16f : 0;
  }

  @Override
  public int intermediates() {
    return 2;
  }

  @Override
  public FloatVector second(FloatVector x, FloatVector t, FloatVector a) {
    return LogisticF32.e(x);
  }

  /** u = (1 - s) t + s / 2. */
  private FloatVector positive(FloatVector t) {
    return t.fma(broadcast(F32, kept), broadcast(F32, spread));
  }

  /** 1 - u = (1 - s) (1 - t) + s / 2, which as a difference would lose a small s where t = 1. */
  private FloatVector negative(FloatVector t) {
    return positive(broadcast(F32, 1f).sub(t));
  }

  @Override
  public FloatVector value(
      FloatVector x, FloatVector t, FloatVector a, FloatVector e, FloatVector c) {
    FloatVector u = positive(t);
    FloatVector log = Log1pF32.log1pUnit(e);
    FloatVector negative = times(negative(t), softplus(x, log));
    return negative.add(times(a.mul(u), softplus(x.neg(), log)));
  }

  @Override
  public FloatVector slope(
      FloatVector x, FloatVector t, FloatVector a, FloatVector e, FloatVector c) {
    FloatVector finite = LogisticF32.finite(t);
    FloatVector u = positive(finite);
    FloatVector larger = broadcast(F32, 1f).div(e.add(1f));
    FloatVector smaller = e.mul(larger);
    FloatVector negative = negative(finite).mul(LogisticF32.select(x, larger, smaller));
    return negative.sub(a.mul(u).mul(LogisticF32.select(x, smaller, larger)));
  }

  @Override
  public FloatVector curvature(
      FloatVector x, FloatVector t, FloatVector a, FloatVector e, FloatVector c) {
    FloatVector u = positive(t);
    FloatVector variance = LogisticF32.variance(e, leastVariance);
    return a.fma(u, negative(t)).mul(variance);
  }
}
