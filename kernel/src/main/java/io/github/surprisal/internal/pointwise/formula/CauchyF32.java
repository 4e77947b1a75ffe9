package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.internal.lane.LogF64Twin;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.Cauchy;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * With d = p - t, u = |d| / c, m and w of {@link RobustF32}, f = 1 for u <= 1, else w:
 *
 * <pre>
 *   l   = m (k / 2) m,   k = log1p(u^2) / u^2 for u <= 1, else log1p(u^2)
 *   l'  = sign(d) m f / (1 + w^2)
 *   l'' = +-f^2 (1 - w^2) / (1 + w^2)^2,   + for u <= 1
 * </pre>
 *
 * The logarithm in b is that of 1 + a, with u^2 in a; but u for u above 2^60, to be doubled, and
 * |d| where u overflows, to be reduced by log c: then |d| is large too, or c^2 so small that l is
 * 0.
 */
public final class CauchyF32 implements FormulaF32 {
  private static final float FAR = 0x1p60f;

  private final float scale;
  private final float logScale;

  public CauchyF32(Cauchy loss) {
    scale = ThresholdF32.of(loss.c());
    logScale = (float) LogF64Twin.log(scale);
  }

  @Override
  public int intermediates() {
    return 2;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t).abs();
    FloatVector u = d.div(scale);
    FloatVector x = u.mul(u).blend(u, u.compare(GT, FAR));
    return x.blend(d, u.compare(EQ, Float.POSITIVE_INFINITY));
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector a) {
    return Log1pF32.log1pNonNegative(a);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector d = p.sub(t).abs();
    FloatVector u = d.div(scale);
    VectorMask<Float> infinite = u.compare(EQ, Float.POSITIVE_INFINITY);
    FloatVector outside = b.sub(zero(F32).blend(logScale, infinite));
    outside = outside.blend(outside.add(outside), u.compare(GT, FAR));
    FloatVector inside = b.div(u.mul(u)).blend(1f, u.compare(LT, 0x1p-30f));
    FloatVector k = RobustF32.select(d, scale, inside, outside);
    FloatVector m = RobustF32.smaller(d, scale);
    return m.mul(k.mul(0.5f)).mul(m);
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector d = p.sub(t);
    FloatVector y = d.abs();
    FloatVector w = RobustF32.ratio(y, scale);
    FloatVector f = RobustF32.select(y, scale, broadcast(F32, 1f), w);
    FloatVector onePlus = w.fma(w, broadcast(F32, 1f));
    return signed(RobustF32.smaller(y, scale).mul(f).div(onePlus), d);
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector d = p.sub(t).abs();
    FloatVector w = RobustF32.ratio(d, scale);
    FloatVector square = w.mul(w);
    FloatVector factor = RobustF32.select(d, scale, broadcast(F32, 1f), square.neg());
    FloatVector onePlus = square.add(1f);
    return broadcast(F32, 1f).sub(square).div(onePlus.mul(onePlus)).mul(factor);
  }
}
