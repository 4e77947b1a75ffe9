package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.formula.FormulaF32Twin;
import io.github.surprisal.formula.FormulaF64;
import io.github.surprisal.formula.FormulaF64Twin;
import java.io.Serializable;
import java.util.Objects;

/** A loss of this library, whose formula {@link Forms} finds. */
interface BuiltInFormula extends Formula, Serializable {
  @Override
  default FormulaF32 float32() {
    return (FormulaF32) Forms.of(this, HessianConvention.EXACT, "F32");
  }

  @Override
  default FormulaF64 float64() {
    return (FormulaF64) Forms.of(this, HessianConvention.EXACT, "F64");
  }

  @Override
  default FormulaF32Twin float32Twin() {
    return (FormulaF32Twin) Forms.of(this, HessianConvention.EXACT, "F32Twin");
  }

  @Override
  default FormulaF64Twin float64Twin() {
    return (FormulaF64Twin) Forms.of(this, HessianConvention.EXACT, "F64Twin");
  }

  @Override
  default Formula hessianConvention(HessianConvention convention) {
    Objects.requireNonNull(convention, "convention");
    return convention == HessianConvention.EXACT ? this : new ConventionalFormula(this, convention);
  }

  @Override
  Bounds bounds();

  /** Those with the hessian of a library. */
  default Bounds bounds(HessianConvention convention) {
    return bounds();
  }
}
