package io.github.surprisal.formula;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.HessianConvention;
import java.util.Objects;

/**
 * A pointwise loss l(p, t) of prediction and target: a formula for each element type. The losses of
 * this library are formulas; so is what a user writes:
 *
 * <pre>{@code
 * record Quartic() implements Formula {
 *   public FormulaF32 float32() {
 *     return new QuarticF32();
 *   }
 * }
 * }</pre>
 *
 * <p>On the class path, both {@code javac} and {@code java} need the flag {@code --add-modules
 * jdk.incubator.vector}; a module that requires {@code io.github.surprisal} needs none. Keep
 * vectors in classes of their own, as here: then {@link
 * io.github.surprisal.pointwise.PointwiseLoss#builder} says what is missing, where a class that
 * mentions vectors could not even be loaded. A formula with {@linkplain #float32Twin scalar forms}
 * runs without the flag, too.
 *
 * <p>Immutable, and best a record; if it is {@link java.io.Serializable}, so are its losses.
 */
public interface Formula {
  /** The formula over vectors of floats; null if there is none. */
  default FormulaF32 float32() {
    return null;
  }

  /**
   * The formula over vectors of doubles; null if there is none. A sum of losses that overflows in
   * float32 is done again with it.
   */
  default FormulaF64 float64() {
    return null;
  }

  /**
   * The formula over floats, one at a time, for where there are no vectors; null if there is none:
   * then the vectors are used anyway, slowly; if the module is missing, {@link
   * io.github.surprisal.pointwise.PointwiseLoss#builder} throws an IllegalStateException that names
   * the flag.
   */
  default FormulaF32Twin float32Twin() {
    return null;
  }

  /** The formula over doubles, one at a time; null if there is none. */
  default FormulaF64Twin float64Twin() {
    return null;
  }

  /** What a mean divides by, unless told otherwise. */
  default Denominator denominator() {
    return Denominator.KEPT;
  }

  /** The errors that it keeps in either type; null if it promises none. */
  default Bounds bounds() {
    return null;
  }

  /** The name of the parameter that each element has beside prediction and target, or null. */
  default String parameterName() {
    return null;
  }

  /**
   * Values of the parameter that are part of the formula, element i having that of index i modulo
   * the length; null if each element brings its own.
   */
  default double[] parameterValues() {
    return null;
  }

  /**
   * This loss with the hessian of a library.
   *
   * @throws IllegalArgumentException if the convention does not define this loss
   */
  default Formula hessianConvention(HessianConvention convention) {
    Objects.requireNonNull(convention, "convention");
    if (convention != HessianConvention.EXACT) {
      throw convention.undefined(this);
    }
    return this;
  }

  /** The error of a formula that lacks something. */
  static UnsupportedOperationException missing(Object formula, String what) {
    Objects.requireNonNull(formula, "formula");
    Objects.requireNonNull(what, "what");
    return new UnsupportedOperationException(
        formula.getClass().getSimpleName() + " has no " + what);
  }
}
