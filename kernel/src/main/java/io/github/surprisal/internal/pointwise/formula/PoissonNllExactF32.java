package io.github.surprisal.internal.pointwise.formula;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.internal.lane.LogFactorialF32;
import io.github.surprisal.pointwise.PoissonNll;
import jdk.incubator.vector.FloatVector;

/** Of log-rates, with m = log(t!) / t, its two steps in b and c. */
public final class PoissonNllExactF32 extends PoissonNllF32 {
  public PoissonNllExactF32(PoissonNll loss) {
    super(loss);
  }

  public PoissonNllExactF32(PoissonNll loss, HessianConvention convention) {
    super(loss, convention);
  }

  @Override
  public int intermediates() {
    return 3;
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector rate) {
    return LogFactorialF32.log(t);
  }

  @Override
  public FloatVector third(FloatVector p, FloatVector t, FloatVector rate, FloatVector log) {
    return LogFactorialF32.small(t, log);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector rate, FloatVector log, FloatVector small) {
    return value(p, t, rate, LogFactorialF32.mean(t, log, small).sub(p));
  }
}
