package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.Tukey;
import jdk.incubator.vector.FloatVector;

/**
 * With d = p - t, m = min(|d|, c) and v = (m / c)^2, which is 1 beyond c:
 *
 * <pre>
 *   l   = m^2 (3 - 3 v + v^2) / 6
 *   l'  = sign(d) m (1 - v)^2
 *   l'' = (1 - v) (1 - 5 v)
 * </pre>
 */
public final class TukeyF32 implements FormulaF32 {
  private final float scale;

  public TukeyF32(Tukey loss) {
    scale = ThresholdF32.of(loss.c());
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector m = RobustF32.smaller(p.sub(t).abs(), scale);
    FloatVector w = m.div(scale);
    FloatVector v = w.mul(w);
    FloatVector sum = v.fma(v.sub(3f), broadcast(F32, 3f));
    return m.mul(sum.div(6f)).mul(m);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    FloatVector m = RobustF32.smaller(d.abs(), scale);
    FloatVector rest = rest(m.div(scale));
    return signed(m.mul(rest).mul(rest), d);
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    FloatVector w = RobustF32.smaller(p.sub(t).abs(), scale).div(scale);
    FloatVector bend = w.mul(w).mul(-5f).add(1f);
    return rest(w).mul(bend);
  }

  /** 1 - w^2. */
  private static FloatVector rest(FloatVector w) {
    return w.neg().fma(w, broadcast(F32, 1f));
  }
}
