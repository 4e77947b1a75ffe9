package io.github.surprisal;

import io.github.surprisal.reduction.ClassWeights;
import io.github.surprisal.reduction.ColumnTilesF32;

/** What is checked of a call's arguments before anything is written. */
final class RowArguments {
  private RowArguments() {}

  static void requireClasses(int rows, int classes, ClassWeights classWeights) {
    if (rows > 0 && classes == 0) {
      throw new IllegalArgumentException("classes = 0, expected at least 1");
    }
    if (rows > 0 && classWeights != null && classWeights.length() != classes) {
      throw new IllegalArgumentException(
          "classWeights.length = %d, expected one a class, %d"
              .formatted(classWeights.length(), classes));
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

  static void requireLength(String name, int length, String like, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected %s.length = %d".formatted(name, length, like, expected));
    }
  }

  /** The number of rows of so many classes that the elements make. */
  static int requireRows(String name, int elements, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes = " + classes + ", expected at least 1");
    }
    if (elements % classes != 0) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected a multiple of classes = %d".formatted(name, elements, classes));
    }
    return elements / classes;
  }

  /** The number of classes that so many rows have. */
  static int requireColumns(String name, int elements, int rows) {
    if (rows == 0 ? elements != 0 : elements % rows != 0) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected a multiple of the number of rows, %d"
              .formatted(name, elements, rows));
    }
    int classes = rows == 0 ? 0 : elements / rows;
    requireClasses(rows, classes, null);
    return classes;
  }

  /** Refuses more columns in column-major order than there is room to bring into rows. */
  static void requireColumns(String name, Matrix matrix) {
    if (matrix.columnStride() != 1 && matrix.columns() > ColumnTilesF32.SIZE) {
      throw new IllegalArgumentException(
          "%s = %s, expected at most %d columns in column-major order"
              .formatted(name, matrix, ColumnTilesF32.SIZE));
    }
  }

  static void requireHessian(Batch batch, Matrix gradient, Matrix hessian) {
    hessian.requireShapeOf("hessian", "logits", batch.logits);
    requireColumns("hessian", hessian);
    hessian.requireApart("hessian", "logits", batch.logits);
    hessian.requireApart("hessian", "gradient", gradient);
    hessian.requireApart("hessian", "probabilities", batch.probabilities);
    batch.requireApart("hessian", hessian);
    batch.requireApartFromStatistics("hessian", hessian);
  }

  static void requireGradient(Batch batch, Matrix gradient) {
    gradient.requireShapeOf("gradient", "logits", batch.logits);
    requireColumns("gradient", gradient);
    gradient.requireSameOrApart("gradient", "logits", batch.logits);
    gradient.requireApart("gradient", "probabilities", batch.probabilities);
    gradient.requireApart("gradient", "teacher", batch.teacher);
    batch.requireApart("gradient", gradient);
    batch.requireApartFromStatistics("gradient", gradient);
  }
}
