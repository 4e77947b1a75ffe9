package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.formula.FormulaF32Twin;
import io.github.surprisal.formula.FormulaF64;
import io.github.surprisal.formula.FormulaF64Twin;

/** A loss with the hessian of a library. */
record ConventionalFormula(BuiltInFormula formula, HessianConvention convention)
    implements BuiltInFormula {
  ConventionalFormula {
    if (Forms.of(formula, convention, "F64Twin") == null) {
      throw convention.undefined(formula);
    }
  }

  @Override
  public FormulaF32 float32() {
    return (FormulaF32) Forms.of(formula, convention, "F32");
  }

  @Override
  public FormulaF64 float64() {
    return (FormulaF64) Forms.of(formula, convention, "F64");
  }

  @Override
  public FormulaF32Twin float32Twin() {
    return (FormulaF32Twin) Forms.of(formula, convention, "F32Twin");
  }

  @Override
  public FormulaF64Twin float64Twin() {
    return (FormulaF64Twin) Forms.of(formula, convention, "F64Twin");
  }

  @Override
  public Formula hessianConvention(HessianConvention other) {
    return formula.hessianConvention(other);
  }

  @Override
  public Bounds bounds() {
    return formula.bounds(convention);
  }

  @Override
  public Denominator denominator() {
    return formula.denominator();
  }

  @Override
  public String parameterName() {
    return formula.parameterName();
  }

  @Override
  public double[] parameterValues() {
    return formula.parameterValues();
  }

  @Override
  public String toString() {
    return formula + ".hessianConvention(" + convention + ")";
  }
}
