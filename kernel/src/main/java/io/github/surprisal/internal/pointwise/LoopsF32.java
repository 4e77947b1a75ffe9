package io.github.surprisal.internal.pointwise;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.formula.FormulaF32Twin;
import io.github.surprisal.internal.lane.Provider;
import io.github.surprisal.internal.loop.Loop;

/** The loops of one formula in float32, each made when it is first run. */
public final class LoopsF32 {
  private final Object formula;
  private final Class<?> template;

  /** Loops are immutable: where two threads make the same one, either will do. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private final Loop<BlockF32>[] loops = new Loop[Step.values().length];

  private LoopsF32(Object formula, Class<?> template) {
    this.formula = formula;
    this.template = template;
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
      return new LoopsF32(twin, LaneLoopF32Twin.class);
    }
    Object vectors = VectorForm.of(formula, formula::float32);
    return vectors == null ? null : new LoopsF32(vectors, LaneLoopF32.class);
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

  /** out[from + i] = factor f(element i of the block), for a step f of the formula. */
  void run(Step step, BlockF32 block, float factor, float[] out, int from) {
    block.formula = formula;
    block.factor = factor;
    block.out = out;
    block.outFrom = from;
    loop(step).run(block);
    block.out = null; // may be the caller's
  }

  private Loop<BlockF32> loop(Step step) {
    Loop<BlockF32> loop = loops[step.ordinal()];
    if (loop == null) {
      var variant = intermediates() > 0 ? step.ofIntermediates() : step;
      loop = LoopCopies.of(template, BlockF32.class, variant, formula.getClass());
      loops[step.ordinal()] = loop;
    }
    return loop;
  }
}
