package io.github.surprisal;

import io.github.surprisal.formula.Formula;

/** A loss with the hessian of a library. */
record ConventionalFormula(BuiltInFormula formula, HessianConvention convention)
    implements BuiltInFormula {
  ConventionalFormula {
    if (convention != HessianConvention.EXACT && form(formula, convention, "F64Twin") == null) {
      throw convention.undefined(formula);
    }
  }

  @Override
  public Object form(String suffix) {
    return form(formula, convention, suffix);
  }

  private static Object form(BuiltInFormula formula, HessianConvention convention, String suffix) {
    Class<?>[] types = {formula.getClass(), HessianConvention.class};
    return formula.form(suffix, types, formula, convention);
  }

  @Override
  public Formula under(HessianConvention other) {
    return formula.under(other);
  }

  @Override
  public BuiltInFormula ofFloats() {
    return new ConventionalFormula(formula.ofFloats(), convention);
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
  public String parameter() {
    return formula.parameter();
  }

  @Override
  public double[] parameters() {
    return formula.parameters();
  }

  @Override
  public String toString() {
    return formula + ".under(" + convention + ")";
  }
}
