package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.Huber;
import jdk.incubator.vector.FloatVector;

/**
 * With d = p - t and m = min(|d|, delta):
 *
 * <pre>
 *   l = m (|d| - m / 2),   l' = d held to [-delta, delta],   l'' = 1 for |d| <= delta, else 0
 * </pre>
 *
 * LightGBM takes l'' = 1 everywhere.
 */
public final class HuberF32 implements FormulaF32 {
  private final float delta;
  private final float curvatureBeyond;

  public HuberF32(Huber loss) {
    this(loss, HessianConvention.EXACT);
  }

  public HuberF32(Huber loss, HessianConvention convention) {
    delta = ThresholdF32.of(loss.delta());
    curvatureBeyond = convention == HessianConvention.LIGHTGBM ? 1 : 0;
    if (convention.isXgboost()) {
      throw convention.undefined(loss);
    }
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    FloatVector m = d.blend(delta, d.compare(GT, delta));
    return d.sub(m.mul(0.5f)).mul(m);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    d = d.blend(delta, d.compare(GT, delta));
    return d.blend(-delta, d.compare(LT, -delta));
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    return constant(curvatureBeyond, d).blend(1f, d.compare(LE, delta));
  }
}
