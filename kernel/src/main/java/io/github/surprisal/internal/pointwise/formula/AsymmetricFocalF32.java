package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.AsymmetricFocal;
import jdk.incubator.vector.FloatVector;

/**
 * With e = exp(-|x|) in a, p = sigmoid(x), q = sigmoid(-x) and r = max(p - margin, 0), the gammas
 * being g and h:
 *
 * <pre>
 *   q^g in b,   L = softplus(-x),   N = -log(1 - r), in c
 *   F = q^g L,   G = r^h N,   l = t F + (1 - t) G
 *
 *   F' = -q^g (g p L + q),   F'' = q^g (g p (g p L + q) - g p q L + (g + 1) p q)
 *   w = r' = p q,   v = N' = w / (q + margin)
 *   G' = r^h (h (w / r) N + v)
 *   G'' = r^h (h (h - 1) (w / r)^2 N + 2 h (w / r) v + v^2 + (q - p) (h (w / r) N + v))
 * </pre>
 *
 * Without a margin v = p even where q underflows.
 */
public final class AsymmetricFocalF32 implements FormulaF32 {
  private final PowerF32 positivePower;
  private final PowerF32 negativePower;
  private final float g;
  private final float h;
  private final float margin;

  public AsymmetricFocalF32(AsymmetricFocal loss) {
    positivePower = new PowerF32(loss.gammaPositive());
    negativePower = new PowerF32(loss.gammaNegative());
    g = (float) loss.gammaPositive();
    h = (float) loss.gammaNegative();
    margin = ThresholdF32.of(loss.margin());
  }

  @Override
  public int intermediates() {
    return 3;
  }

  @Override
  public FloatVector first(FloatVector x, FloatVector t) {
    // Subnormal where it has to be: a logit multiplies it in the curvature.
    return ExpF32.exp(x.abs().neg());
  }

  @Override
  public FloatVector second(FloatVector x, FloatVector t, FloatVector e) {
    return positivePower.of(q(x, e));
  }

  @Override
  public FloatVector third(FloatVector x, FloatVector t, FloatVector e, FloatVector b) {
    FloatVector rest = q(x, e).add(margin);
    FloatVector log = LogF32.log(rest);
    // p in place: after a logarithm the compiler inlines no more calls.
    FloatVector r = e.blend(1f, x.compare(GE, 0f)).div(e.add(1f)).sub(margin);
    // log(1 - r) = log(rest) + (1 - r - rest) / rest: what rest lost counts where r is small.
    FloatVector lost = broadcast(F32, 1f).sub(rest).sub(r).div(rest);
    FloatVector n = log.add(lost.blend(0f, rest.compare(LE, 0.5f))).neg();
    // Without a margin, and where e is subnormal, N = softplus(x) = x.
    return n.blend(x, rest.compare(LT, Float.MIN_NORMAL)).blend(0f, r.compare(LE, 0f));
  }

  private static FloatVector p(FloatVector x, FloatVector e) {
    return e.blend(1f, x.compare(GE, 0f)).div(e.add(1f));
  }

  private static FloatVector q(FloatVector x, FloatVector e) {
    return e.blend(1f, x.compare(LT, 0f)).div(e.add(1f));
  }

  /** L. */
  private static FloatVector l(FloatVector x, FloatVector e) {
    FloatVector log1p = Log1pF32.log1pUnit(e);
    return x.neg().blend(0f, x.compare(GE, 0f)).add(log1p);
  }

  /** r^h, or 0 where G is. */
  private FloatVector negativePower(FloatVector r) {
    return negativePower.of(r).blend(0f, r.compare(LE, 0f));
  }

  // Below, for the same reason, products with L are blended in place, and L comes last.

  @Override
  public FloatVector value(
      FloatVector x, FloatVector t, FloatVector e, FloatVector power, FloatVector n) {
    FloatVector negative = negativePower(p(x, e).sub(margin)).mul(n);
    FloatVector rest = broadcast(F32, 1f).sub(t);
    negative = times(rest, negative);
    FloatVector positive = l(x, e).mul(power).mul(t);
    return positive.blend(0f, power.mul(t).compare(EQ, 0f)).add(negative);
  }

  /** v. */
  private FloatVector v(FloatVector p, FloatVector q) {
    FloatVector rest = q.add(margin);
    return p.mul(q).div(rest).blend(p, rest.compare(EQ, 0f));
  }

  /** w / r, or any number where G is 0. */
  private static FloatVector pull(FloatVector p, FloatVector q, FloatVector r) {
    return p.mul(q).div(r.blend(1f, r.compare(LE, 0f)));
  }

  @Override
  public FloatVector slope(
      FloatVector x, FloatVector t, FloatVector e, FloatVector power, FloatVector n) {
    FloatVector p = p(x, e);
    FloatVector q = q(x, e);
    FloatVector r = p.sub(margin);
    FloatVector negative = negativePower(r);
    FloatVector pull = pull(p, q, r);
    FloatVector v = v(p, q);
    FloatVector pl = p.mul(l(x, e)).blend(0f, p.compare(EQ, 0f));
    FloatVector pulled = pull.mul(n).blend(0f, pull.compare(EQ, 0f));
    negative = pulled.fma(broadcast(F32, h), v).mul(negative);
    FloatVector positive = pl.fma(broadcast(F32, g), q).mul(power);
    return negative.mul(broadcast(F32, 1f).sub(t)).sub(positive.mul(t.sub(t.sub(t))));
  }

  @Override
  public FloatVector curvature(
      FloatVector x, FloatVector t, FloatVector e, FloatVector power, FloatVector n) {
    FloatVector p = p(x, e);
    FloatVector q = q(x, e);
    FloatVector r = p.sub(margin);
    FloatVector negative = negativePower(r).mul(broadcast(F32, 1f).sub(t));
    FloatVector pull = pull(p, q, r);
    FloatVector v = v(p, q);
    FloatVector pl = p.mul(l(x, e)).blend(0f, p.compare(EQ, 0f)).mul(g);
    FloatVector pulled = pull.mul(n).blend(0f, pull.compare(EQ, 0f)).mul(h);
    FloatVector f = p.mul(g).mul(pl.add(q)).sub(pl.mul(q)); // F'' / q^g
    f = p.mul(q).fma(broadcast(F32, g + 1), f);
    FloatVector y = pulled.mul(h - 1).fma(pull, v.mul(v)); // G'' / r^h
    y = pull.mul(2 * h).fma(v, y);
    y = q.sub(p).fma(pulled.add(v), y);
    return y.fma(negative, f.mul(power).mul(t.sub(t.sub(t))));
  }
}
