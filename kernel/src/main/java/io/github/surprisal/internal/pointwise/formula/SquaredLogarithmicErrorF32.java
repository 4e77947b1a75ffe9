package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.pointwise.SquaredLogarithmicError;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * With s = 1 + p and the difference of logarithms g, of which nothing cancels:
 *
 * <pre>
 *   g = log(1 + p) - log(1 + t) = sign(p - t) log1p(x),   x = |p - t| / (1 + min(p, t))
 *   l = g^2,   l' = 2 g / s,   l'' = 2 (1 - g) / s^2
 * </pre>
 *
 * x is in a, and log1p(x) in b; where x overflows, a is -x / 2^64, and b is to be raised by 64 log
 * 2.
 *
 * <p>XGBoost, which minimizes half of it, raises s to at least 1e-6 in l' and l'', and l'' to at
 * least 2e-6. For the g of the raised s, log1p(t) is in c.
 */
public final class SquaredLogarithmicErrorF32 implements FormulaF32 {
  private static final float LOG_LEAST = (float) -13.815510557964274; // log(1e-6)
  private static final float LOG_SCALE = (float) 44.3614195558365; // 64 log 2

  private final float least;
  private final float leastCurvature;

  public SquaredLogarithmicErrorF32(SquaredLogarithmicError loss) {
    this(loss, HessianConvention.EXACT);
  }

  public SquaredLogarithmicErrorF32(SquaredLogarithmicError loss, HessianConvention convention) {
    boolean raised = convention.isXgboost();
    least = raised ? (float) 1e-6 : Float.NEGATIVE_INFINITY;
    leastCurvature = raised ? (float) 2e-6 : Float.NEGATIVE_INFINITY;
    if (convention == HessianConvention.LIGHTGBM) {
      throw convention.undefined(loss);
    }
  }

  @Override
  public int intermediates() {
    return least > 0 ? 3 : 2;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    FloatVector smaller = p.blend(t, t.compare(LT, p)).add(1f);
    FloatVector x = d.div(smaller);
    x = x.blend(d.mul(-0x1p-64f).div(smaller), x.compare(EQ, Float.POSITIVE_INFINITY));
    x = x.blend(Float.NaN, p.compare(LT, -1f));
    return x.blend(Float.NaN, t.compare(LE, -1f));
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector a) {
    return Log1pF32.log1pNonNegative(a.abs());
  }

  @Override
  public FloatVector third(FloatVector p, FloatVector t, FloatVector a, FloatVector b) {
    return Log1pF32.log1p(t);
  }

  /** |g|. */
  private static FloatVector magnitude(FloatVector a, FloatVector b) {
    return b.blend(b.add(LOG_SCALE), a.compare(LT, 0f));
  }

  /** g of the raised s. */
  private FloatVector raised(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector g = signed(magnitude(a, b), p.sub(t));
    FloatVector ofLeast = broadcast(F32, LOG_LEAST).sub(c);
    return g.blend(ofLeast, p.add(1f).compare(LT, least)).blend(a, a.compare(NE, a));
  }

  private FloatVector raised(FloatVector s) {
    return s.blend(least, s.compare(LT, least));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector g = magnitude(a, b);
    return g.mul(g);
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector g = raised(p, t, a, b, c);
    return atInfinity(p, g, g.mul(2f).div(raised(p.add(1f))));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector g = raised(p, t, a, b, c);
    FloatVector s = raised(p.add(1f));
    // s^2 might overflow.
    FloatVector curvature = broadcast(F32, 1f).sub(g).mul(2f).div(s).div(s);
    curvature = atInfinity(p, g, curvature);
    return curvature.blend(leastCurvature, curvature.compare(LT, leastCurvature));
  }

  /** A derivative, with its limit 0 for an infinite p. */
  private static FloatVector atInfinity(FloatVector p, FloatVector g, FloatVector derivative) {
    VectorMask<Float> infinite = p.compare(EQ, Float.POSITIVE_INFINITY);
    return derivative.blend(0f, infinite.and(g.compare(EQ, g)));
  }
}
