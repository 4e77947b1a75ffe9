package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.PseudoHuber;
import jdk.incubator.vector.FloatVector;

/**
 * With d = p - t, u = |d| / delta, m and w of {@link RobustF32}, f = 1 for u <= 1, else w:
 *
 * <pre>
 *   l   = |d| m / (f + sqrt(1 + w^2)),   since sqrt(1 + u^2) = sqrt(1 + w^2) / f
 *   l'  = sign(d) m / sqrt(1 + w^2)
 *   l'' = (f / sqrt(1 + w^2))^3, by XGBoost before 3.5 too
 * </pre>
 *
 * <p>XGBoost 3.5 has l'' = f / sqrt(1 + w^2), the curvature of a parabola that lies above l.
 */
public final class PseudoHuberF32 implements FormulaF32 {
  private final float delta;

  // l'' is q (cube q^2 + line), of which one is 1 and the other 0.
  private final float cube;
  private final float line;

  public PseudoHuberF32(PseudoHuber loss) {
    this(loss, HessianConvention.EXACT);
  }

  public PseudoHuberF32(PseudoHuber loss, HessianConvention convention) {
    delta = ThresholdF32.of(loss.delta());
    line = convention == HessianConvention.XGBOOST_3_5 ? 1 : 0;
    cube = 1 - line;
    if (convention == HessianConvention.LIGHTGBM) {
      throw convention.undefined(loss);
    }
  }

  private static FloatVector root(FloatVector w) {
    return w.fma(w, broadcast(F32, 1f)).sqrt();
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    FloatVector w = RobustF32.ratio(d, delta);
    FloatVector f = RobustF32.select(d, delta, broadcast(F32, 1f), w);
    return RobustF32.smaller(d, delta).div(f.add(root(w))).mul(d);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    FloatVector y = d.abs();
    return signed(RobustF32.smaller(y, delta).div(root(RobustF32.ratio(y, delta))), d);
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    FloatVector w = RobustF32.ratio(d, delta);
    FloatVector q = RobustF32.select(d, delta, broadcast(F32, 1f), w).div(root(w));
    return q.mul(q).mul(cube).add(line).mul(q);
  }
}
