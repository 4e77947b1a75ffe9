package io.github.surprisal.pointwise;

import io.github.surprisal.Matrix;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.internal.call.CallMemory;
import io.github.surprisal.internal.call.Matrices;

/** What is checked of a pointwise call's arguments before anything is written. */
final class PointwiseArguments {
  private PointwiseArguments() {}

  static void requireTargets(int targets, int predictions) {
    if (targets != predictions) {
      throw new IllegalArgumentException(
          "targets.length = %d, expected predictions.length = %d".formatted(targets, predictions));
    }
  }

  static void requireGradient(int gradient, int predictions) {
    if (gradient != predictions) {
      throw new IllegalArgumentException(
          "gradient.length = %d, expected predictions.length = %d"
              .formatted(gradient, predictions));
    }
  }

  /** Refuses a gradient in the memory of the targets. */
  static void requireApart(CallMemory memory, Object predictions, Object targets, Object gradient) {
    memory.readsInPlace("predictions", predictions, "gradient");
    memory.reads("targets", targets);
    memory.writes("gradient", gradient);
    memory.check();
  }

  /** Refuses outputs that share memory, or are of another shape than the predictions. */
  static void requireOutputs(
      CallMemory memory,
      Elements elements,
      Matrix gradient,
      Matrix parameterGradient,
      Matrix hessian) {
    requireShape("gradient", gradient, elements);
    requireShape("parameterGradient", parameterGradient, elements);
    requireShape("hessian", hessian, elements);
    memory.readsInPlace("predictions", elements.predictions, "gradient");
    memory.reads("targets", elements.targets);
    memory.readsInPlace("parameter", elements.parameter, "parameterGradient");
    memory.reads(
        "rowWeights",
        elements.rowWeightsF32 != null ? elements.rowWeightsF32 : elements.rowWeightsF64);
    elements.common().list(memory);
    memory.writes("gradient", gradient);
    memory.writes("parameterGradient", parameterGradient);
    memory.writes("hessian", hessian);
    memory.check();
  }

  private static void requireShape(String name, Matrix output, Elements elements) {
    if (output != null) {
      Matrices.requireLike(name, output, "predictions", elements.predictions);
    }
  }

  /** Refuses elements of a type that the formula has no form for. */
  static void requireForm(Formula formula, Object loops, String type) {
    if (loops == null) {
      throw new IllegalArgumentException(
          "predictions are %s, expected a type that %s has a form for".formatted(type, formula));
    }
  }

  /** Refuses a parameter that the formula has not, and a formula's that is not given or not fit. */
  static void requireParameter(Formula formula, double[] own, int n, boolean given) {
    boolean wanted = formula.parameterName() != null && own == null;
    if (wanted != given) {
      throw new IllegalArgumentException(
          wanted
              ? "parameter is missing, expected the %s of each element for %s"
                  .formatted(formula.parameterName(), formula)
              : "parameter is given, expected none for " + formula);
    }
    if (own != null && (own.length == 0 || n % own.length != 0)) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected a divisor of the number of elements, %d"
              .formatted(formula.parameterName(), own.length, n));
    }
  }
}
