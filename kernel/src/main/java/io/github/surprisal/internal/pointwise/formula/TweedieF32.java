package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.pointwise.Tweedie;
import jdk.incubator.vector.FloatVector;

/**
 * For 1 < rho < 2, with u = rho - 1, v = 2 - rho, a = t e^(-u p) and b = e^(v p):
 *
 * <pre>
 *   l = a / u + b / v,   l' = b - a,   l'' = u a + v b
 * </pre>
 *
 * XGBoost 3.5 has l'' = (rho a + (3 - rho) b) / 3.
 *
 * <p>The products in the exponents are rounded to y, and e^(y + tail) = e^y (1 + tail).
 */
public final class TweedieF32 implements FormulaF32 {
  // u and v, each the sum of two.
  private final float u;
  private final float uLow;
  private final float v;
  private final float vLow;

  private final float inverseU;
  private final float inverseV;

  // l'' = claim a + mean b.
  private final float claim;
  private final float mean;

  public TweedieF32(Tweedie loss) {
    this(loss, HessianConvention.EXACT);
  }

  public TweedieF32(Tweedie loss, HessianConvention convention) {
    double exactU = loss.rho() - 1;
    double exactV = 2 - loss.rho();
    u = (float) exactU;
    uLow = (float) (exactU - u);
    v = (float) exactV;
    vLow = (float) (exactV - v);
    inverseU = (float) (1 / exactU);
    inverseV = (float) (1 / exactV);
    boolean bounded = convention == HessianConvention.XGBOOST_3_5;
    claim = bounded ? (float) (loss.rho() / 3) : u;
    mean = bounded ? (float) ((3 - loss.rho()) / 3) : v;
  }

  @Override
  public int intermediates() {
    return 2;
  }

  /** 1 + tail where y = k p, rounded. */
  private static FloatVector correction(FloatVector p, FloatVector y, float k, float kLow) {
    FloatVector tail = p.fma(broadcast(F32, k), y.neg());
    tail = p.fma(broadcast(F32, kLow), tail);
    // Where it is large, e^y is 0 or infinite.
    return zero(F32).blend(tail, tail.abs().compare(LT, 0x1p-10f)).add(1f);
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector y = p.mul(-u);
    FloatVector correction = correction(p, y, -u, -uLow);
    FloatVector claim = ExpF32.expTimes(y, t).mul(correction);
    return broadcast(F32, Float.NaN).blend(claim, t.compare(GE, 0f));
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector a) {
    FloatVector y = p.mul(v);
    FloatVector correction = correction(p, y, v, vLow);
    return ExpF32.exp(y).mul(correction);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return a.fma(broadcast(F32, inverseU), b.mul(inverseV));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    // An infinite t outweighs a finite mean, even one that overflows.
    return b.sub(a).blend(a.neg(), t.compare(EQ, Float.POSITIVE_INFINITY));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return a.fma(broadcast(F32, claim), b.mul(mean));
  }
}
