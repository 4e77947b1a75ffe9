package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Batch;
import io.github.surprisal.Denominator;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.RowLoss;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Options;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.RowBatch;
import io.github.surprisal.reference.RowOptions;
import java.util.List;
import java.util.Locale;

/** A checked case of a loss over rows of classes, as the arguments of either engine. */
final class RowCase {
  private static final List<String> REDUCTIONS = List.of("none", "sum", "mean");
  private static final List<String> DENOMINATORS = List.of("weights", "kept", "all");

  final Case source;
  final Options options;
  final RowLayout layout;
  final double[] scores;
  final int[] labels;
  final double[] probabilities;
  final double[] rowWeights;
  final boolean[] mask;
  final double[] classWeights;
  final double[] upstream;
  final String reduction;

  RowCase(Case source, String scoresName) throws CaseException {
    this.source = source;
    options = source.options();
    Tensor input = source.required(scoresName);
    layout = RowLayout.of(scoresName, input);
    scores = layout.toRows(input.data());
    Tensor q = source.optional("target_probabilities", input.shape(), "that of " + scoresName);
    probabilities = q == null ? null : layout.toRows(q.data());
    Tensor y = perRow("labels");
    if (y == null && q == null) {
      throw new CaseException("inputs.labels is missing");
    }
    labels = y == null ? null : y.integers();
    Tensor weights = perRow("row_weights");
    rowWeights = weights == null ? null : weights.data();
    mask = mask(perRow("row_mask"));
    classWeights = classWeights();
    reduction = options.choice("reduction", "mean", REDUCTIONS);
    upstream = upstream();
  }

  private Tensor perRow(String name) throws CaseException {
    return source.optional(name, layout.rowShape(), "one a row");
  }

  private static boolean[] mask(Tensor bits) throws CaseException {
    if (bits == null) {
      return null;
    }
    boolean[] mask = new boolean[bits.data().length];
    for (int i = 0; i < mask.length; i++) {
      int bit = (int) bits.data()[i];
      if (bit != 0 && bit != 1) {
        throw CaseException.of("row_mask[" + i + ']', bit, "0 or 1");
      }
      mask[i] = bit == 1;
    }
    return mask;
  }

  private double[] classWeights() throws CaseException {
    double[] listed = options.list("weight");
    Tensor input = source.inputs().get("weight");
    if (input != null && listed != null) {
      throw new CaseException("weight is given twice, expected it in inputs or in options");
    }
    var weight = listed == null ? input : new Tensor(new int[] {listed.length}, listed);
    if (weight != null) {
      weight.requireShape("weight", new int[] {layout.classes()}, "one a class");
    }
    return weight == null ? null : weight.data();
  }

  private double[] upstream() throws CaseException {
    Tensor factors = source.upstream();
    if (factors != null) {
      factors.requireShape("upstream", lossShape(), "that of the loss");
    }
    return factors == null ? null : factors.data();
  }

  boolean isNone() {
    return reduction.equals("none");
  }

  int[] lossShape() {
    return isNone() ? layout.rowShape() : new int[0];
  }

  boolean wants(String output) {
    return source.want().contains(output);
  }

  int ignoreIndex() throws CaseException {
    return options.integer("ignore_index", -100);
  }

  double upstream(int row) {
    return upstream == null ? 1 : upstream[isNone() ? row : 0];
  }

  double rowWeight(int row) {
    return rowWeights == null ? 1 : rowWeights[row];
  }

  boolean isKept(int row) throws CaseException {
    return (mask == null || mask[row])
        && rowWeight(row) != 0
        && (labels == null || labels[row] != ignoreIndex());
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
  double divisor(LossResult<?> result) throws CaseException {
    if (!reduction.equals("mean")) {
      return 1;
    }
    if (options.isNumber("denominator")) {
      return options.number("denominator", 1);
    }
    String usual = probabilities == null ? "weights" : "kept";
    return switch (options.choice("denominator", usual, DENOMINATORS)) {
      case "weights" -> result.sumOfWeights(Precision.FLOAT64);
      case "kept" -> result.rowsKept();
      default -> layout.rows();
    };
  }

  /** MIN_NORMAL / eps of the type that the kernel computes in. */
  double smallestNormalOverEpsilon() {
    return source.dtype() == Dtype.FLOAT64 ? 0x1p-970 : 0x1p-103;
  }

  /** Sets the options that all row losses have. */
  <B extends RowLoss.Builder<B>> B configure(B builder) throws CaseException {
    builder.ignoreIndex(ignoreIndex()).reduction(kernelReduction());
    return classWeights == null ? builder : builder.classWeights(classWeights);
  }

  private Reduction kernelReduction() throws CaseException {
    if (!reduction.equals("mean")) {
      return isNone() ? Reduction.NONE : Reduction.SUM;
    }
    if (options.isNumber("denominator")) {
      return Reduction.meanOver(options.number("denominator", 1));
    }
    String rule = options.choice("denominator", null, DENOMINATORS);
    return rule == null
        ? Reduction.MEAN
        : Reduction.mean(Denominator.valueOf(rule.toUpperCase(Locale.ROOT)));
  }

  /** The arguments of the kernel, but for what it writes. */
  Batch kernelBatch() {
    var x = matrix(scores);
    var batch = probabilities == null ? Batch.of(x, labels) : Batch.of(x, matrix(probabilities));
    if (probabilities != null && labels != null) {
      batch = batch.labels(labels);
    }
    batch = rowWeights == null ? batch : batch.weights(rowWeights);
    batch = mask == null ? batch : batch.mask(mask);
    if (upstream != null) {
      batch = isNone() ? batch.upstream(upstream) : batch.upstream(upstream[0]);
    }
    return batch;
  }

  /** Rows of the type that the kernel computes in; a copy, if they are floats. */
  Matrix matrix(double[] rows) {
    if (source.dtype() == Dtype.FLOAT64) {
      return Matrix.of(rows, layout.rows(), layout.classes());
    }
    float[] floats = new float[rows.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) rows[i];
    }
    return Matrix.of(floats, layout.rows(), layout.classes());
  }

  RowOptions referenceOptions() throws CaseException {
    var kind = io.github.surprisal.reference.Reduction.valueOf(reduction.toUpperCase(Locale.ROOT));
    return new RowOptions(classWeights, ignoreIndex(), kind, referenceDenominator());
  }

  private io.github.surprisal.reference.Denominator referenceDenominator() throws CaseException {
    if (options.isNumber("denominator")) {
      return io.github.surprisal.reference.Denominator.given(options.number("denominator", 1));
    }
    String rule = options.choice("denominator", null, DENOMINATORS);
    return rule == null
        ? null
        : io.github.surprisal.reference.Denominator.Rule.valueOf(rule.toUpperCase(Locale.ROOT));
  }

  /** The arguments of the oracle. */
  RowBatch referenceBatch() {
    return new RowBatch(
        scores,
        layout.rows(),
        layout.classes(),
        labels,
        probabilities,
        rowWeights,
        mask,
        null,
        upstream);
  }
}
