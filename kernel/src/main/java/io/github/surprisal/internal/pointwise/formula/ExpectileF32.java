package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.pointwise.Expectile;
import jdk.incubator.vector.FloatVector;

/** With d = p - t and k = 1 - alpha for d > 0, else alpha: l = k d^2, l' = 2 k d, l'' = 2 k. */
public final class ExpectileF32 implements FormulaF32 {
  private final float below;
  private final float above;

  public ExpectileF32(Expectile loss) {
    below = (float) loss.alpha();
    above = (float) (1 - loss.alpha());
  }

  private FloatVector k(FloatVector d) {
    return constant(below, d).blend(above, d.compare(GT, 0f));
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    FloatVector k = k(d);
    return k.mul(d).mul(d).blend(0f, k.compare(EQ, 0f));
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    return LogisticF32.times(k(d), d).mul(2f);
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return k(p.sub(t)).mul(2f);
  }
}
