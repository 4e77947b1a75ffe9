package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.pointwise.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LE;

import io.github.surprisal.AsymmetricFocal;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.Log1pF32;
import io.github.surprisal.lane.LogF32;
import jdk.incubator.vector.FloatVector;

/**
 * With e = exp(-|x|) in a, p = sigmoid(x), q = sigmoid(-x) and r = max(p - margin, 0), the gammas
 * being g and h:
 *
 * <pre>
 *   q^g in b,   L = softplus(-x),    F = q^g L
 *   r^h in c,   N = -log(1 - r),     G = r^h N,   l = t F + (1 - t) G
 *
 *   F' = -q^g (g p L + q),   F'' = q^g (g p (g p L + q) - g p q L + (g + 1) p q)
 *   G' = r^h (h w N / r + v),   w = r' = p q,   v = N' = w / (1 - r),   1 - r = q + margin
 *   G'' = r^h (h (h - 1) (w / r)^2 N + 2 h (w / r) v + v^2) + (q - p) G'
 * </pre>
 *
 * Without a margin N = softplus(x), w / r = q and v = p.
 */
public final class AsymmetricFocalF32 implements FormulaF32 {
  private final double gammaPositive;
  private final double gammaNegative;
  private final float g;
  private final float h;
  private final float margin;

  public AsymmetricFocalF32(AsymmetricFocal loss) {
    gammaPositive = loss.gammaPositive();
    gammaNegative = loss.gammaNegative();
    g = (float) gammaPositive;
    h = (float) gammaNegative;
    margin = (float) loss.margin();
  }

  @Override
  public int intermediates() {
    return 3;
  }

  private static FloatVector p(FloatVector x, FloatVector e) {
    return LogisticF32.select(x, broadcast(F32, 1f), e).div(e.add(1f));
  }

  private static FloatVector q(FloatVector x, FloatVector e) {
    return LogisticF32.select(x, e, broadcast(F32, 1f)).div(e.add(1f));
  }

  /** r, where it is not below 0. */
  private FloatVector difference(FloatVector x, FloatVector e) {
    return p(x, e).sub(margin);
  }

  /** {@code y} where p > margin, else 0; NaN where x is. */
  private FloatVector whereActive(FloatVector x, FloatVector e, FloatVector y) {
    return y.blend(0f, difference(x, e).compare(LE, 0f));
  }

  @Override
  public FloatVector first(FloatVector x, FloatVector t) {
    return LogisticF32.e(x);
  }

  @Override
  public FloatVector second(FloatVector x, FloatVector t, FloatVector e) {
    return PowerF32.power(q(x, e), gammaPositive);
  }

  @Override
  public FloatVector third(FloatVector x, FloatVector t, FloatVector e, FloatVector b) {
    return whereActive(x, e, PowerF32.power(difference(x, e), gammaNegative));
  }

  /** L. */
  private static FloatVector positive(FloatVector x, FloatVector log1p) {
    return LogisticF32.softplus(x.neg(), log1p);
  }

  /** N, where it is active. */
  private FloatVector negative(FloatVector x, FloatVector e, FloatVector log1p) {
    if (margin == 0) {
      return LogisticF32.softplus(x, log1p);
    }
    FloatVector r = difference(x, e);
    FloatVector rest = q(x, e).add(margin);
    // log(1 - r) = log(rest) + (1 - r - rest) / rest: what rest lost counts where r is small.
    FloatVector lost = broadcast(F32, 1f).sub(rest).sub(r).div(rest);
    lost = lost.blend(0f, rest.compare(LE, 0.5f));
    return LogF32.log(rest).add(lost).neg();
  }

  @Override
  public FloatVector value(
      FloatVector x, FloatVector t, FloatVector e, FloatVector b, FloatVector c) {
    FloatVector log1p = Log1pF32.log1pUnit(e);
    FloatVector positive = times(b, positive(x, log1p));
    FloatVector negative = times(c, negative(x, e, log1p));
    return times(t, positive).add(times(broadcast(F32, 1f).sub(t), negative));
  }

  @Override
  public FloatVector slope(
      FloatVector x, FloatVector t, FloatVector e, FloatVector b, FloatVector c) {
    FloatVector log1p = Log1pF32.log1pUnit(e);
    FloatVector p = p(x, e);
    FloatVector q = q(x, e);
    FloatVector f = times(p, positive(x, log1p)).fma(broadcast(F32, g), q).mul(b);
    FloatVector n = negative(x, e, log1p);
    return broadcast(F32, 1f).sub(t).mul(slope(x, e, n, c)).sub(t.mul(f));
  }

  /** w / r. */
  private FloatVector pull(FloatVector x, FloatVector e) {
    FloatVector q = q(x, e);
    return margin == 0 ? q : p(x, e).mul(q).div(difference(x, e));
  }

  /** v. */
  private FloatVector v(FloatVector x, FloatVector e) {
    FloatVector p = p(x, e);
    FloatVector q = q(x, e);
    return margin == 0 ? p : p.mul(q).div(q.add(margin));
  }

  /** G'. */
  private FloatVector slope(FloatVector x, FloatVector e, FloatVector n, FloatVector c) {
    FloatVector y = times(pull(x, e), n).fma(broadcast(F32, h), v(x, e)).mul(c);
    return whereActive(x, e, y);
  }

  @Override
  public FloatVector curvature(
      FloatVector x, FloatVector t, FloatVector e, FloatVector b, FloatVector c) {
    FloatVector log1p = Log1pF32.log1pUnit(e);
    FloatVector n = negative(x, e, log1p);
    FloatVector second = curvatureOfPositive(x, e, positive(x, log1p), b).mul(t);
    FloatVector rest = broadcast(F32, 1f).sub(t);
    return curvatureOfNegative(x, e, n, c).fma(rest, second);
  }

  /** F''. */
  private FloatVector curvatureOfPositive(
      FloatVector x, FloatVector e, FloatVector l, FloatVector b) {
    FloatVector p = p(x, e);
    FloatVector q = q(x, e);
    FloatVector pl = times(p, l).mul(g);
    FloatVector y = p.mul(g).mul(pl.add(q)).sub(pl.mul(q));
    return p.mul(q).fma(broadcast(F32, g + 1), y).mul(b);
  }

  /** G''. */
  private FloatVector curvatureOfNegative(
      FloatVector x, FloatVector e, FloatVector n, FloatVector c) {
    FloatVector pull = pull(x, e);
    FloatVector v = v(x, e);
    FloatVector y = times(pull, n).mul(pull).mul(h * (h - 1));
    y = pull.mul(v).fma(broadcast(F32, 2 * h), y).add(v.mul(v));
    FloatVector slope = slope(x, e, n, c);
    y = whereActive(x, e, y.mul(c));
    return q(x, e).sub(p(x, e)).fma(slope, y);
  }
}
