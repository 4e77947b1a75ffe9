package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Batch;
import io.github.surprisal.Matrix;
import io.github.surprisal.RowLoss;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Options;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.RowBatch;
import io.github.surprisal.reference.RowOptions;

/** A checked case of a loss over rows of classes, as the arguments of either engine. */
final class RowCase {
  private static final String ONE_A_ROW = "one a row";

  final Case source;
  final Options options;
  final RowLayout layout;
  final double[] scores;
  final int[] labels;
  final double[] probabilities;
  final double[] classWeights;
  final Weighing weighing;

  RowCase(Case source, String scoresName) throws CaseException {
    this.source = source;
    options = source.options();
    Tensor input = source.required(scoresName);
    layout = RowLayout.of(scoresName, input);
    scores = layout.toRows(input.data());
    Tensor q = source.optional("target_probabilities", input.shape(), "that of " + scoresName);
    probabilities = q == null ? null : layout.toRows(q.data());
    Tensor y = source.optional("labels", layout.rowShape(), ONE_A_ROW);
    if (y == null && q == null) {
      throw new CaseException("inputs.labels is missing");
    }
    labels = y == null ? null : y.integers();
    classWeights = classWeights();
    weighing =
        new Weighing(
            source, "row_weights", "row_mask", layout.rowShape(), ONE_A_ROW, Weighing.REDUCTIONS);
  }

  private double[] classWeights() throws CaseException {
    Tensor weight = source.inputOrOption("weight");
    if (weight != null) {
      weight.requireShape("weight", new int[] {layout.classes()}, "one a class");
    }
    return weight == null ? null : weight.data();
  }

  int ignoreIndex() throws CaseException {
    return options.integer("ignore_index", -100);
  }

  boolean isKept(int row) throws CaseException {
    return weighing.isKept(row) && (labels == null || labels[row] != ignoreIndex());
  }

  /** The sum of the target masses of a kept row, about. */
  double targetMass(int row) throws CaseException {
    double smoothing = options.number("label_smoothing", 0);
    int classes = layout.classes();
    double mass = 0;
    for (int j = 0; j < classes; j++) {
      double q =
          probabilities != null ? probabilities[row * classes + j] : labels[row] == j ? 1 : 0;
      double t = (1 - smoothing) * q + smoothing / classes;
      mass += t == 0 ? 0 : t * (classWeights == null ? 1 : classWeights[j]);
    }
    return mass;
  }

  /** What the oracle divided the sum by. */
  double divisor(LossResult<?> result) {
    return weighing.divisor(result, layout.rows(), probabilities == null ? "weights" : "kept");
  }

  /** Sets the options that all row losses have. */
  <B extends RowLoss.Builder<B>> B configure(B builder) throws CaseException {
    builder.ignoreIndex(ignoreIndex()).reduction(weighing.kernelReduction());
    return classWeights == null ? builder : builder.classWeights(classWeights);
  }

  /** The arguments of the kernel, but for what it writes. */
  Batch kernelBatch() {
    var x = matrix(scores);
    var batch = probabilities == null ? Batch.of(x, labels) : Batch.of(x, matrix(probabilities));
    if (probabilities != null && labels != null) {
      batch = batch.labels(labels);
    }
    return weighing.weigh(batch);
  }

  /** Rows of the type that the kernel computes in; a copy, if they are floats. */
  Matrix matrix(double[] rows) {
    return Matrices.of(rows, layout.rows(), layout.classes(), source.dtype());
  }

  RowOptions referenceOptions() throws CaseException {
    return new RowOptions(
        classWeights,
        ignoreIndex(),
        weighing.referenceReduction(),
        weighing.referenceDenominator());
  }

  /** The arguments of the oracle. */
  RowBatch referenceBatch() {
    return new RowBatch(
        scores,
        layout.rows(),
        layout.classes(),
        labels,
        probabilities,
        weighing.weights,
        weighing.mask,
        null,
        weighing.upstream);
  }
}
