package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.pointwise.SigmoidFocal;
import jdk.incubator.vector.FloatVector;

/**
 * The loss is the same for (x, t) and (-x, 1 - t) but for the weight w of the target. So with A the
 * target on the side away from x, 1 - t for x >= 0 and t below, B = 1 - A, e = exp(-|x|) in a, and
 * derivatives by |x|:
 *
 * <pre>
 *   ce = A |x| + log1p(e), in b,   s = (A - B e) / (1 + e)
 *   m = k / (1 + e),   k = A + B e,   u = m'/m = (A - B) r / (1 + e),   r = e / k
 *   w m^gamma in c,   l = w m^gamma ce,   l' = w m^gamma (s + gamma u ce)
 *   l'' = w m^gamma (gamma u (gamma u ce + 2 s) + gamma u' ce + e / (1 + e)^2)
 *   u' = -u (A / k - B e r) / (1 + e)
 * </pre>
 *
 * For A = 0, r = 1 and A / k = 0 even where e underflows.
 */
public final class SigmoidFocalF32 implements FormulaF32 {
  private final PowerF32 power;
  private final float gamma;
  private final float weightOfOne;
  private final float weightOfZero;

  public SigmoidFocalF32(SigmoidFocal loss) {
    power = new PowerF32(loss.gamma());
    gamma = (float) loss.gamma();
    boolean weighted = loss.alpha() >= 0;
    weightOfOne = weighted ? (float) loss.alpha() : 1;
    weightOfZero = weighted ? (float) (1 - loss.alpha()) : 1;
  }

  @Override
  public int intermediates() {
    return 3;
  }

  /** A. Where it is 1 - t, the rounding does not count in B = 1 - A. */
  private static FloatVector away(FloatVector x, FloatVector t) {
    return LogisticF32.select(x, broadcast(F32, 1f).sub(t), t);
  }

  /** A - B = +-(1 - 2 t), rounded once. */
  private static FloatVector difference(FloatVector x, FloatVector t) {
    FloatVector difference = t.fma(broadcast(F32, -2f), broadcast(F32, 1f));
    return difference.blend(difference.neg(), x.compare(LT, 0f));
  }

  @Override
  public FloatVector first(FloatVector x, FloatVector t) {
    // Subnormal where it has to be: a logit multiplies it in the curvature.
    return ExpF32.exp(x.abs().neg());
  }

  @Override
  public FloatVector second(FloatVector x, FloatVector t, FloatVector e) {
    return times(away(x, t), x.abs()).add(Log1pF32.log1pUnit(e));
  }

  @Override
  public FloatVector third(FloatVector x, FloatVector t, FloatVector e, FloatVector ce) {
    FloatVector a = away(x, t);
    FloatVector m = k(a, e).div(e.add(1f));
    FloatVector rest = broadcast(F32, 1f).sub(t);
    FloatVector w = t.fma(broadcast(F32, weightOfOne), rest.mul(weightOfZero));
    FloatVector focus = power.of(m).mul(w);
    // To the power of 0, NaN is 1.
    focus = focus.blend(x, x.compare(NE, x));
    return focus.blend(Float.NaN, t.compare(LT, 0f).or(t.compare(GT, 1f)));
  }

  @Override
  public FloatVector value(
      FloatVector x, FloatVector t, FloatVector e, FloatVector ce, FloatVector focus) {
    return times(focus, ce);
  }

  /** k = A + (1 - A) e. */
  private static FloatVector k(FloatVector a, FloatVector e) {
    return broadcast(F32, 1f).sub(a).fma(e, a);
  }

  /** r. */
  private static FloatVector r(FloatVector a, FloatVector e) {
    return e.div(k(a, e)).blend(1f, a.compare(EQ, 0f));
  }

  @Override
  public FloatVector slope(
      FloatVector x, FloatVector t, FloatVector e, FloatVector ce, FloatVector focus) {
    FloatVector a = away(x, t);
    FloatVector b = broadcast(F32, 1f).sub(a);
    FloatVector inverse = broadcast(F32, 1f).div(e.add(1f));
    FloatVector u = difference(x, t).mul(r(a, e)).mul(inverse);
    FloatVector s = a.sub(b.mul(e)).mul(inverse);
    FloatVector y = times(u, ce).fma(broadcast(F32, gamma), s).mul(focus);
    return y.blend(y.neg(), x.compare(LT, 0f));
  }

  @Override
  public FloatVector curvature(
      FloatVector x, FloatVector t, FloatVector e, FloatVector ce, FloatVector focus) {
    FloatVector a = away(x, t);
    FloatVector b = broadcast(F32, 1f).sub(a);
    FloatVector inverse = broadcast(F32, 1f).div(e.add(1f));
    FloatVector r = r(a, e);
    FloatVector u = difference(x, t).mul(r).mul(inverse);
    FloatVector pull = times(u, ce);
    FloatVector s = a.sub(b.mul(e)).mul(inverse);
    FloatVector share = a.div(k(a, e)).blend(0f, a.compare(EQ, 0f));
    FloatVector fall = share.sub(b.mul(e).mul(r)).mul(inverse).mul(pull);
    FloatVector y = pull.fma(broadcast(F32, gamma), s.add(s)).mul(u).sub(fall);
    return y.fma(broadcast(F32, gamma), e.mul(inverse).mul(inverse)).mul(focus);
  }
}
