package io.github.surprisal.internal.pointwise.formula;

import io.github.surprisal.internal.lane.LogFactorialF32;
import io.github.surprisal.pointwise.PoissonNll;
import jdk.incubator.vector.FloatVector;

/** Of rates, with m = log(t!) / t, its two steps in b and c. */
public final class PoissonNllRateExactF32 extends PoissonNllRateF32 {
  public PoissonNllRateExactF32(PoissonNll loss) {
    super(loss);
  }

  @Override
  public int intermediates() {
    return 3;
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector log) {
    return LogFactorialF32.log(t);
  }

  @Override
  public FloatVector third(
      FloatVector p, FloatVector t, FloatVector log, FloatVector logOfProduct) {
    return LogFactorialF32.small(t, logOfProduct);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector log, FloatVector logOfProduct, FloatVector small) {
    return value(p, t, log, LogFactorialF32.mean(t, logOfProduct, small).sub(log));
  }
}
