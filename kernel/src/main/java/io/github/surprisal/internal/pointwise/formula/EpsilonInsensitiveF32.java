package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LE;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import jdk.incubator.vector.FloatVector;

/** With d = p - t: l = |d| - epsilon and l' the sign of d for |d| > epsilon, else 0; l'' = 0. */
public final class EpsilonInsensitiveF32 implements FormulaF32 {
  private final float epsilon;

  public EpsilonInsensitiveF32(EpsilonInsensitive loss) {
    epsilon = ThresholdF32.of(loss.epsilon());
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    return d.sub(epsilon).blend(0f, d.compare(LE, epsilon));
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    return signed(broadcast(F32, 1f), d.blend(0f, d.abs().compare(LE, epsilon)));
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return constant(0, p.sub(t));
  }
}
