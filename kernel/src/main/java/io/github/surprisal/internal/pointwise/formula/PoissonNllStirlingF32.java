package io.github.surprisal.internal.pointwise.formula;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.pointwise.PoissonNll;
import jdk.incubator.vector.FloatVector;

/** Of log-rates, with m by Stirling's formula, log t in b. */
public final class PoissonNllStirlingF32 extends PoissonNllF32 {
  public PoissonNllStirlingF32(PoissonNll loss) {
    super(loss);
  }

  public PoissonNllStirlingF32(PoissonNll loss, HessianConvention convention) {
    super(loss, convention);
  }

  @Override
  public int intermediates() {
    return 2;
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector rate) {
    return LogF32.log(t);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector rate, FloatVector logOfCount, FloatVector c) {
    return value(p, t, rate, CountTermF32.stirling(t, logOfCount).sub(p));
  }
}
