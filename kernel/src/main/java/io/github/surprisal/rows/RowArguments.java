package io.github.surprisal.rows;

import io.github.surprisal.Matrix;
import io.github.surprisal.internal.call.CallMemory;
import io.github.surprisal.internal.call.Matrices;
import io.github.surprisal.internal.reduction.ClassWeights;

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

  /** Refuses a batch without a teacher, or with what a distillation has no use for. */
  static void requireTeacher(Batch batch, boolean withLabels) {
    if (batch.probabilities != null) {
      throw new IllegalArgumentException("targets are probabilities, expected a teacher");
    }
    if (batch.statistics.any()) {
      throw new IllegalArgumentException("statistics are given, expected none with a teacher");
    }
    if (batch.teacher == null) {
      throw new IllegalArgumentException("teacher = null, expected logits or probabilities");
    }
    if (batch.labels == null && withLabels) {
      throw new IllegalArgumentException("labels = null, expected labels for the hard part");
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

  /** Refuses outputs that share memory, or are of another shape than the logits; null: none. */
  static void requireOutputs(CallMemory memory, Batch batch, Matrix gradient, Matrix hessian) {
    if (gradient != null) {
      Matrices.requireLike("gradient", gradient, "logits", batch.logits);
    }
    if (hessian != null) {
      Matrices.requireLike("hessian", hessian, "logits", batch.logits);
    }
    memory.readsInPlace("logits", batch.logits, "gradient");
    memory.reads("probabilities", batch.probabilities);
    memory.reads("teacher", batch.teacher);
    memory.reads("teacher indices", batch.teacherIndices);
    memory.reads("labels", batch.labels);
    memory.reads("allowed", batch.allowed);
    batch.common().list(memory);
    batch.statistics.list(memory);
    memory.writes("gradient", gradient);
    memory.writes("hessian", hessian);
    memory.check();
  }
}
