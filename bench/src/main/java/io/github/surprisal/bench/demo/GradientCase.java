package io.github.surprisal.bench.demo;

import io.github.surprisal.Denominator;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.reference.CrossEntropyReference;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.RowBatch;
import io.github.surprisal.reference.RowOptions;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;

/**
 * A batch whose gradient both the library and the oracle compute.
 *
 * @param name for the report
 * @param labelSmoothing the loss's option
 * @param logits [rows, classes]
 * @param classes number of classes
 * @param labels one a row, or null if the targets are probabilities
 * @param probabilities [rows, classes], or null
 * @param weights one a row, or null
 */
record GradientCase(
    String name,
    double labelSmoothing,
    float[] logits,
    int classes,
    int[] labels,
    float[] probabilities,
    float[] weights) {

  /** Labels as targets. */
  static GradientCase of(
      String name, double labelSmoothing, float[] logits, int classes, int[] labels) {
    return new GradientCase(name, labelSmoothing, logits, classes, labels, null, null);
  }

  int rows() {
    return logits.length / classes;
  }

  float[] kernelGradient() {
    var loss =
        CrossEntropy.builder()
            .labelSmoothing(labelSmoothing)
            .reduction(Reduction.mean(Denominator.WEIGHTS))
            .build();
    var x = Matrix.of(logits, rows(), classes);
    var batch =
        labels != null
            ? Batch.of(x, labels)
            : Batch.of(x, Matrix.of(probabilities, rows(), classes)).weights(weights);
    float[] gradient = new float[logits.length];
    loss.lossAndGradient(batch, Matrix.of(gradient, rows(), classes));
    return gradient;
  }

  LossResult<?> oracle() {
    var options =
        RowOptions.DEFAULT.withDenominator(io.github.surprisal.reference.Denominator.WEIGHTS);
    var batch = RowBatch.of(doubles(logits), rows(), classes);
    return new CrossEntropyReference(options, labelSmoothing)
        .evaluate(
            labels != null
                ? batch.withLabels(labels)
                : batch.withProbabilities(doubles(probabilities)).withRowWeights(doubles(weights)));
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
