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

  static void requireLength(int gradient, int logits) {
    if (gradient != logits) {
      throw new IllegalArgumentException(
          "gradient.length = %d, expected logits.length = %d".formatted(gradient, logits));
    }
  }

  static void requireGradient(Batch batch, Matrix gradient) {
    var logits = batch.logits;
    if (gradient.rows() != logits.rows() || gradient.columns() != logits.columns()) {
      throw new IllegalArgumentException(
          "gradient = " + gradient + ", expected the shape of logits = " + logits);
    }
    Batch.requireSameType("gradient", gradient, logits);
    if (gradient.overlaps(logits) && !gradient.same(logits)) {
      throw new IllegalArgumentException(
          "gradient = "
              + gradient
              + " overlaps logits = "
              + logits
              + ", expected the same or none");
    }
    if (batch.probabilities != null && gradient.overlaps(batch.probabilities)) {
      throw new IllegalArgumentException(
          "gradient = " + gradient + " overlaps probabilities = " + batch.probabilities);
    }
    requireOwnMemory("losses", gradient, batch.lossesF32, batch.lossesF64);
    requireOwnMemory("rowWeights", gradient, batch.weightsF32, batch.weightsF64);
    requireOwnMemory("upstream", gradient, batch.upstreamsF32, batch.upstreamsF64);
  }

  private static void requireOwnMemory(
      String name, Matrix gradient, float[] floats, double[] doubles) {
    boolean shared =
        (floats != null && floats == gradient.floats())
            || (doubles != null && doubles == gradient.doubles());
    if (shared) {
      throw new IllegalArgumentException("gradient is in the array of " + name);
    }
  }
}
