package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.pointwise.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.SigmoidFocal;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.Log1pF32;
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
  private final double gamma;
  private final float factor;
  private final float weightOfOne;
  private final float weightOfZero;

  public SigmoidFocalF32(SigmoidFocal loss) {
    gamma = loss.gamma();
    factor = (float) gamma;
    boolean weighted = loss.alpha() >= 0;
    weightOfOne = weighted ? (float) loss.alpha() : 1;
    weightOfZero = weighted ? (float) (1 - loss.alpha()) : 1;
  }

  @Override
  public int intermediates() {
    return 3;
  }

  /** A. */
  private static FloatVector away(FloatVector x, FloatVector t) {
    return LogisticF32.select(x, broadcast(F32, 1f).sub(t), t);
  }

  /** B. */
  private static FloatVector near(FloatVector x, FloatVector t) {
    return LogisticF32.select(x, t, broadcast(F32, 1f).sub(t));
  }

  @Override
  public FloatVector first(FloatVector x, FloatVector t) {
    return LogisticF32.e(x);
  }

  @Override
  public FloatVector second(FloatVector x, FloatVector t, FloatVector e) {
    return times(away(x, t), x.abs()).add(Log1pF32.log1pUnit(e));
  }

  @Override
  public FloatVector third(FloatVector x, FloatVector t, FloatVector e, FloatVector ce) {
    FloatVector m = k(x, t, e).div(e.add(1f));
    FloatVector rest = broadcast(F32, 1f).sub(t);
    FloatVector w = t.fma(broadcast(F32, weightOfOne), rest.mul(weightOfZero));
    FloatVector focus = PowerF32.power(m, gamma).mul(w);
    // Of gamma 0, the power is 1 even of NaN.
    focus = focus.blend(x, x.compare(NE, x));
    return focus.blend(Float.NaN, t.compare(LT, 0f).or(t.compare(GT, 1f)));
  }

  @Override
  public FloatVector value(
      FloatVector x, FloatVector t, FloatVector e, FloatVector ce, FloatVector focus) {
    return times(focus, ce);
  }

  /** s. */
  private static FloatVector s(FloatVector x, FloatVector t, FloatVector e, FloatVector inverse) {
    return away(x, t).sub(near(x, t).mul(e)).mul(inverse);
  }

  /** k. */
  private static FloatVector k(FloatVector x, FloatVector t, FloatVector e) {
    return near(x, t).fma(e, away(x, t));
  }

  /** r. */
  private static FloatVector r(FloatVector x, FloatVector t, FloatVector e) {
    return e.div(k(x, t, e)).blend(1f, away(x, t).compare(EQ, 0f));
  }

  /** u. */
  private static FloatVector u(FloatVector x, FloatVector t, FloatVector e, FloatVector inverse) {
    return away(x, t).sub(near(x, t)).mul(r(x, t, e)).mul(inverse);
  }

  @Override
  public FloatVector slope(
      FloatVector x, FloatVector t, FloatVector e, FloatVector ce, FloatVector focus) {
    FloatVector inverse = broadcast(F32, 1f).div(e.add(1f));
    FloatVector pull = times(u(x, t, e, inverse), ce);
    FloatVector y = times(focus, pull.fma(broadcast(F32, factor), s(x, t, e, inverse)));
    return LogisticF32.select(x, y, y.neg());
  }

  @Override
  public FloatVector curvature(
      FloatVector x, FloatVector t, FloatVector e, FloatVector ce, FloatVector focus) {
    FloatVector inverse = broadcast(F32, 1f).div(e.add(1f));
    FloatVector a = away(x, t);
    FloatVector share = a.div(k(x, t, e)).blend(0f, a.compare(EQ, 0f));
    FloatVector tilt = share.sub(near(x, t).mul(e).mul(r(x, t, e))).mul(inverse);
    FloatVector u = u(x, t, e, inverse);
    FloatVector pull = times(u, ce);
    FloatVector s = s(x, t, e, inverse);
    FloatVector y = u.mul(pull.fma(broadcast(F32, factor), s.add(s))).sub(pull.mul(tilt));
    y = y.fma(broadcast(F32, factor), e.mul(inverse).mul(inverse));
    return times(focus, y);
  }
}
