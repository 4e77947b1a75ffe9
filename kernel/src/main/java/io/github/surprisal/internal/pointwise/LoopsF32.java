package io.github.surprisal.internal.pointwise;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.formula.FormulaF32Twin;
import io.github.surprisal.internal.lane.Provider;

/** The loops of one formula in float32, each made when it is first run. */
public final class LoopsF32 {
  private final Object formula;
  private final Class<?> template;
  private final Class<?> type;

  /** Loops are immutable: where two threads make the same one, either will do. */
  private final LoopF32[] loops = new LoopF32[Step.values().length];

  private LoopsF32(Object formula, Class<?> template, Class<?> type) {
    this.formula = formula;
    this.template = template;
    this.type = type;
  }

  /**
   * Loops over vectors, or where there are none and the formula has one, of its twin; null if the
   * formula is not one of float32.
   *
   * @throws IllegalStateException if it needs vectors and the module is missing
   */
  public static LoopsF32 of(Formula formula) {
    return of(formula, Provider.SIMD);
  }

  static LoopsF32 of(Formula formula, boolean simd) {
    Object twin = simd ? null : formula.float32Twin();
    if (twin != null) {
      return new LoopsF32(twin, LaneLoopF32Twin.class, FormulaF32Twin.class);
    }
    Object vectors = VectorForm.of(formula, formula::float32);
    return vectors == null ? null : new LoopsF32(vectors, LaneLoopF32.class, FormulaF32.class);
  }

  int intermediates() {
    return formula instanceof FormulaF32 vectors
        ? vectors.intermediates()
        : ((FormulaF32Twin) formula).intermediates();
  }

  boolean derivativesOverflowFirst() {
    return formula instanceof FormulaF32 vectors
        ? vectors.derivativesOverflowFirst()
        : ((FormulaF32Twin) formula).derivativesOverflowFirst();
  }

  LoopF32 get(Step step) {
    LoopF32 loop = loops[step.ordinal()];
    if (loop == null) {
      var variant = intermediates() > 0 ? step.ofIntermediates() : step;
      loop = new LoopF32(template, variant, formula, type);
      loops[step.ordinal()] = loop;
    }
    return loop;
  }
}
