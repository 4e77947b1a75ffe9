package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.MarginF32.minusProduct;
import static io.github.surprisal.internal.pointwise.formula.MarginF32.whereActive;
import static jdk.incubator.vector.FloatVector.broadcast;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.Hinge;
import jdk.incubator.vector.FloatVector;

/**
 * With z = t p:
 *
 * <pre>
 *   l = max(0, margin - z),   l' = -t for z < margin, else 0,   l'' = 0
 * </pre>
 */
public class HingeF32 implements FormulaF32 {
  private final float margin;

  public HingeF32(Hinge loss) {
    this(ThresholdF32.of(loss.margin()));
  }

  HingeF32(float margin) {
    this.margin = margin;
  }

  @Override
  public final FloatVector value(FloatVector p, FloatVector t) {
    FloatVector rest = minusProduct(margin, p, t);
    return whereActive(rest, rest);
  }

  @Override
  public final FloatVector slope(FloatVector p, FloatVector t) {
    return whereActive(minusProduct(margin, p, t), t.neg());
  }

  @Override
  public final FloatVector curvature(FloatVector p, FloatVector t) {
    return whereActive(minusProduct(margin, p, t), broadcast(F32, 0f));
  }
}
