package io.github.surprisal;

import io.github.surprisal.formula.Formula;

/** What is checked of a pointwise call's arguments before anything is written. */
final class PointwiseArguments {
  private PointwiseArguments() {}

  static void requireTargets(int targets, int predictions) {
    if (targets != predictions) {
      throw new IllegalArgumentException(
          "targets.length = %d, expected predictions.length = %d".formatted(targets, predictions));
    }
  }

  static void requireGradient(int gradient, int predictions, boolean isTargets) {
    if (gradient != predictions) {
      throw new IllegalArgumentException(
          "gradient.length = %d, expected predictions.length = %d"
              .formatted(gradient, predictions));
    }
    if (isTargets) {
      throw new IllegalArgumentException("gradient is the array of targets");
    }
  }

  static void requireGradient(Elements elements, Matrix gradient) {
    gradient.requireLike("gradient", "predictions", elements.predictions);
    gradient.requireSameOrApart("gradient", "predictions", elements.predictions);
    gradient.requireApart("gradient", "targets", elements.targets);
    gradient.requireApart("gradient", "parameter", elements.parameter);
    elements.requireApart("gradient", gradient);
  }

  static void requireParameterGradient(Elements elements, Matrix gradient, Matrix output) {
    requireFurther("parameterGradient", elements, gradient, output);
    if (elements.parameter != null) {
      output.requireSameOrApart("parameterGradient", "parameter", elements.parameter);
    }
  }

  static void requireHessian(Elements elements, Matrix gradient, Matrix hessian) {
    requireFurther("hessian", elements, gradient, hessian);
    hessian.requireApart("hessian", "parameter", elements.parameter);
  }

  private static void requireFurther(
      String name, Elements elements, Matrix gradient, Matrix output) {
    output.requireLike(name, "predictions", elements.predictions);
    output.requireApart(name, "predictions", elements.predictions);
    output.requireApart(name, "targets", elements.targets);
    output.requireApart(name, "gradient", gradient);
    elements.requireApart(name, output);
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
    boolean wanted = formula.parameter() != null && own == null;
    if (wanted != given) {
      throw new IllegalArgumentException(
          wanted
              ? "parameter is missing, expected the %s of each element for %s"
                  .formatted(formula.parameter(), formula)
              : "parameter is given, expected none for " + formula);
    }
    if (own != null && (own.length == 0 || n % own.length != 0)) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected a divisor of the number of elements, %d"
              .formatted(formula.parameter(), own.length, n));
    }
  }
}
