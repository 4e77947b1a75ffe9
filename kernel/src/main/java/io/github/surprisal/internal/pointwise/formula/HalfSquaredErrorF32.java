package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.pointwise.HalfSquaredError;
import jdk.incubator.vector.FloatVector;

/** l = d^2 / 2 with d = p - t; l' = d, l'' = 1, under every convention. */
public final class HalfSquaredErrorF32 implements FormulaF32 {
  public HalfSquaredErrorF32(HalfSquaredError loss) {}

  public HalfSquaredErrorF32(HalfSquaredError loss, HessianConvention convention) {}

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    return d.mul(0.5f).mul(d);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    return p.sub(t);
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return constant(1, p.sub(t));
  }
}
