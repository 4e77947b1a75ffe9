package io.github.surprisal.internal.pointwise.formula;

import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.pointwise.PoissonNll;
import jdk.incubator.vector.FloatVector;

/** Of rates, with m by Stirling's formula, log t in b. */
public final class PoissonNllRateStirlingF32 extends PoissonNllRateF32 {
  public PoissonNllRateStirlingF32(PoissonNll loss) {
    super(loss);
  }

  @Override
  public int intermediates() {
    return 2;
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector log) {
    return LogF32.log(t);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector log, FloatVector logOfCount, FloatVector c) {
    return value(p, t, log, CountTermF32.stirling(t, logOfCount).sub(log));
  }
}
