package io.github.surprisal;

/** What is checked of a call's arguments before anything is written. */
final class RowArguments {
  private RowArguments() {}

  static void requireClasses(int rows, int classes, double[] classWeights) {
    if (rows > 0 && classes == 0) {
      throw new IllegalArgumentException("classes = 0, expected at least 1");
    }
    if (rows > 0 && classWeights != null && classWeights.length != classes) {
      throw new IllegalArgumentException(
          "classWeights.length = %d, expected one a class, %d"
              .formatted(classWeights.length, classes));
    }
  }

  /** Refuses a batch with a teacher, or without targets. */
  static void requireTargets(Batch batch) {
    if (batch.teacher != null) {
      throw new IllegalArgumentException("teacher is given, expected none but in a Distillation");
    }
    if (batch.labels == null && batch.probabilities == null) {
      throw new IllegalArgumentException("labels = null, expected labels or probabilities");
    }
  }

  static void requireLength(int gradient, int logits) {
    if (gradient != logits) {
      throw new IllegalArgumentException(
          "gradient.length = %d, expected logits.length = %d".formatted(gradient, logits));
    }
  }

  static void requireHessian(Batch batch, Matrix gradient, Matrix hessian) {
    hessian.requireLike("hessian", "logits", batch.logits);
    hessian.requireApart("hessian", "logits", batch.logits);
    hessian.requireApart("hessian", "gradient", gradient);
    hessian.requireApart("hessian", "probabilities", batch.probabilities);
    batch.requireApart("hessian", hessian);
    batch.requireApartFromStatistics("hessian", hessian);
  }

  static void requireGradient(Batch batch, Matrix gradient) {
    gradient.requireLike("gradient", "logits", batch.logits);
    gradient.requireSameOrApart("gradient", "logits", batch.logits);
    gradient.requireApart("gradient", "probabilities", batch.probabilities);
    gradient.requireApart("gradient", "teacher", batch.teacher);
    batch.requireApart("gradient", gradient);
    batch.requireApartFromStatistics("gradient", gradient);
  }
}
