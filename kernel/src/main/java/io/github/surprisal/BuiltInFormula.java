package io.github.surprisal;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.formula.FormulaF32Twin;
import io.github.surprisal.formula.FormulaF64;
import io.github.surprisal.formula.FormulaF64Twin;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;

/**
 * A loss of this library. The formula of the record {@code Huber} is written in {@code
 * pointwise.HuberF32}, whose constructor takes the record, and is found by that name in all its
 * forms. Where a library has a convention for its hessian, another constructor takes that too.
 */
interface BuiltInFormula extends Formula, Serializable {
  @Override
  default FormulaF32 float32() {
    return (FormulaF32) form("F32");
  }

  @Override
  default FormulaF64 float64() {
    return (FormulaF64) form("F64");
  }

  @Override
  default FormulaF32Twin float32Twin() {
    return (FormulaF32Twin) form("F32Twin");
  }

  @Override
  default FormulaF64Twin float64Twin() {
    return (FormulaF64Twin) form("F64Twin");
  }

  @Override
  default Formula under(HessianConvention convention) {
    Objects.requireNonNull(convention, "convention");
    return convention == HessianConvention.EXACT ? this : new ConventionalFormula(this, convention);
  }

  @Override
  Bounds bounds();

  /** Those with the hessian of a library. */
  default Bounds bounds(HessianConvention convention) {
    return bounds();
  }

  /** The same loss of numbers of float32, where it is computed in float64. */
  default BuiltInFormula ofFloats() {
    return Thresholds.ofFloats(this);
  }

  /** The name of the formula in package {@code pointwise}, without the suffix of a form. */
  default String lanes() {
    return getClass().getSimpleName();
  }

  /** The class that ends in {@code suffix}, made for this record. */
  default Object form(String suffix) {
    return form(suffix, new Class<?>[] {getClass()}, this);
  }

  /** The same, made by the constructor of these types. */
  default Object form(String suffix, Class<?>[] types, Object... arguments) {
    String name = types[0].getPackageName() + ".pointwise." + lanes() + suffix;
    try {
      return Class.forName(name).getConstructor(types).newInstance(arguments);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new LinkageError(name, e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }
}
