package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.pointwise.formula.MarginF32.minusProduct;
import static io.github.surprisal.internal.pointwise.formula.MarginF32.whereActive;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.SquaredHinge;
import jdk.incubator.vector.FloatVector;

/**
 * With z = t p and h = max(0, margin - z):
 *
 * <pre>
 *   l = h^2,   l' = -2 t h,   l'' = 2 t^2 for z < margin, else 0
 * </pre>
 */
public final class SquaredHingeF32 implements FormulaF32 {
  private final float margin;

  public SquaredHingeF32(SquaredHinge loss) {
    margin = ThresholdF32.of(loss.margin());
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector rest = minusProduct(margin, p, t);
    return whereActive(rest, rest.mul(rest));
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector rest = minusProduct(margin, p, t);
    return whereActive(rest, rest.mul(t.mul(-2f)));
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return whereActive(minusProduct(margin, p, t), t.mul(t.mul(2f)));
  }
}
