package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.pointwise.AbsoluteError;
import jdk.incubator.vector.FloatVector;

/** l = |d| with d = p - t; l' is the sign of d, l'' = 0, under a convention 1. */
public final class AbsoluteErrorF32 implements FormulaF32 {
  private final float curvature;

  public AbsoluteErrorF32(AbsoluteError loss) {
    curvature = 0;
  }

  public AbsoluteErrorF32(AbsoluteError loss, HessianConvention convention) {
    curvature = 1;
    if (convention == HessianConvention.XGBOOST_3_5) {
      throw convention.undefined(loss);
    }
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    return p.sub(t).abs();
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    return signed(broadcast(F32, 1f), p.sub(t));
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return constant(curvature, p.sub(t));
  }
}
