package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.SmoothL1;
import jdk.incubator.vector.FloatVector;

/**
 * With d = p - t, m = min(|d|, beta) and q = m / beta, which is 1 from |d| = beta on:
 *
 * <pre>
 *   l = q (|d| - m / 2),   l' = sign(d) q,   l'' = 1 / beta for |d| < beta, else 0
 * </pre>
 */
public final class SmoothL1F32 implements FormulaF32 {
  private final float beta;
  private final float curvatureInside;

  public SmoothL1F32(SmoothL1 loss) {
    beta = ThresholdF32.of(loss.beta());
    curvatureInside = 1 / beta;
  }

  /** q, also for beta = 0, where m / beta is none. */
  private FloatVector quotient(FloatVector magnitude) {
    return magnitude.div(beta).blend(1f, magnitude.compare(GE, beta));
  }

  @Override
  public boolean derivativesOverflowFirst() {
    return beta < 1e-36f;
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    FloatVector m = d.blend(beta, d.compare(GT, beta));
    return d.sub(m.mul(0.5f)).mul(quotient(d));
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    return signed(quotient(d.abs()), d);
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    return constant(0, d).blend(curvatureInside, d.compare(LT, beta));
  }
}
