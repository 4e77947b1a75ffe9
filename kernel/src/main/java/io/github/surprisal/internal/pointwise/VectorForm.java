package io.github.surprisal.internal.pointwise;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.internal.lane.Provider;
import java.util.function.Supplier;

/** The form of a formula that is written in vectors. */
final class VectorForm {
  private VectorForm() {}

  /**
   * The form, or null if there is none.
   *
   * @throws IllegalStateException if there is one, but no module of vectors
   */
  static <T> T of(Formula formula, Supplier<T> form) {
    try {
      T vectors = form.get();
      if (vectors == null || Provider.RESOLVED) {
        return vectors;
      }
    } catch (NoClassDefFoundError e) {
      if (Provider.RESOLVED) {
        throw e;
      }
    }
    throw new IllegalStateException(
        "%s has no form without vectors: %s".formatted(formula, Provider.HINT));
  }
}
