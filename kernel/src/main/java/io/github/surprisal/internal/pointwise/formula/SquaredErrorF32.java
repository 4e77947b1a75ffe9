package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.pointwise.SquaredError;
import jdk.incubator.vector.FloatVector;

/** l = d^2 with d = p - t; l' = 2 d, l'' = 2, under every convention. */
public final class SquaredErrorF32 implements FormulaF32 {
  public SquaredErrorF32(SquaredError loss) {}

  public SquaredErrorF32(SquaredError loss, HessianConvention convention) {}

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    return d.mul(d);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    return p.sub(t).mul(2f);
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return constant(2, p.sub(t));
  }
}
