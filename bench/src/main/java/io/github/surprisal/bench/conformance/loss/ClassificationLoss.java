package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.RowLoss;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Outcome;
import io.github.surprisal.bench.conformance.protocol.Signature;
import io.github.surprisal.bench.conformance.protocol.Signature.Kind;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.Real;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The losses over rows of classes: all but the two calls is common to them.
 *
 * @param name name of the loss
 * @param scores name of the input that has the gradient
 * @param probabilities whether targets may be probabilities
 * @param ownOptions options beside those of every row loss
 * @param kernel makes the kernel's loss
 * @param reference calls the oracle
 * @param sensitivity what errors are counted in
 * @param bounds how large they may be
 */
record ClassificationLoss(
    String name,
    String scores,
    boolean probabilities,
    Set<String> ownOptions,
    Kernel kernel,
    Reference reference,
    Sensitivity sensitivity,
    Bounds bounds)
    implements Loss {
  /** Makes the kernel's loss for the options of a case. */
  @FunctionalInterface
  interface Kernel {
    RowLoss loss(RowCase c) throws CaseException;
  }

  /** Calls the oracle. */
  @FunctionalInterface
  interface Reference {
    LossResult<?> evaluate(RowCase c) throws CaseException;
  }

  @Override
  public Signature signature() {
    Map<String, Kind> inputs = new TreeMap<>();
    inputs.put(scores, Kind.FLOATING);
    inputs.put("labels", Kind.INTEGER);
    inputs.put("row_weights", Kind.FLOATING);
    inputs.put("row_mask", Kind.INTEGER);
    inputs.put("weight", Kind.FLOATING);
    if (probabilities) {
      inputs.put("target_probabilities", Kind.FLOATING);
    }
    Set<String> options = new TreeSet<>(ownOptions);
    options.addAll(Set.of("reduction", "denominator", "weight", "ignore_index"));
    return new Signature(inputs, options);
  }

  @Override
  public Outcome kernel(Case source) throws CaseException {
    var c = new RowCase(source, scores);
    RowLoss loss = kernel.loss(c);
    var layout = c.layout;
    var batch = c.kernelBatch();
    // In double, so that they are rounded but once, to the type of the case.
    double[] losses = new double[layout.rows()];
    batch = c.isNone() ? batch.losses(losses) : batch;
    var sum = new LossSum();
    batch = c.wants("sum") ? batch.sum(sum) : batch;
    double value;
    Matrix gradient = null;
    if (c.wants("gradients")) {
      gradient = c.matrix(new double[c.scores.length]);
      value = loss.lossAndGradient(batch, gradient);
    } else {
      value = loss.loss(batch);
    }
    return outcome(
        c,
        c.isNone() ? losses : new double[] {value},
        gradient == null ? null : doubles(gradient),
        c.wants("sum") ? totals(sum, c.labels != null) : null);
  }

  @Override
  public Truth reference(Case source) throws CaseException {
    var c = new RowCase(source, scores);
    LossResult<?> result = reference.evaluate(c);
    Precision precision = source.dtype().precision();
    double[] losses = c.isNone() ? result.losses(precision) : new double[] {result.loss(precision)};
    double[] gradient = c.wants("gradients") ? result.gradient(precision) : null;
    var sum = c.wants("sum") ? totals(result, c) : null;
    var scale = sensitivity.of(c, result);
    return new Truth(
        outcome(c, losses, gradient, sum),
        outcome(
            c,
            c.isNone() ? scale.losses() : new double[] {scale.loss()},
            gradient == null ? null : scale.gradient(),
            sum == null ? null : scale.sum()),
        scale.longestSum());
  }

  private Outcome outcome(RowCase c, double[] losses, double[] gradient, Map<String, Number> sum) {
    Dtype dtype = c.source.dtype();
    return new Outcome(
        c.wants("loss") ? new Tensor(c.lossShape(), rounded(losses, dtype)) : null,
        gradient == null
            ? null
            : Map.of(
                scores, new Tensor(c.layout.shape(), rounded(c.layout.fromRows(gradient), dtype))),
        sum);
  }

  private static double[] rounded(double[] values, Dtype dtype) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = dtype.round(values[i]);
    }
    return rounded;
  }

  private static double[] doubles(Matrix matrix) {
    if (matrix.doubles() != null) {
      return matrix.doubles();
    }
    double[] doubles = new double[matrix.floats().length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = matrix.floats()[i];
    }
    return doubles;
  }

  private static Map<String, Number> totals(LossSum sum, boolean labelled) {
    Map<String, Number> totals = new LinkedHashMap<>();
    totals.put("sum", sum.sum());
    totals.put("weight", sum.weight());
    totals.put("mean", sum.mean());
    totals.put("rows_kept", sum.rowsKept());
    totals.put("rows_seen", sum.rowsSeen());
    if (labelled) {
      totals.put("negative_log_likelihood", sum.negativeLogLikelihood());
      totals.put("perplexity", sum.perplexity());
    }
    return totals;
  }

  private static <R extends Real<R>> Map<String, Number> totals(LossResult<R> result, RowCase c) {
    R exact = result.exactLoss().constant(0);
    for (int row = 0; row < c.layout.rows(); row++) {
      exact = exact.add(result.exactLoss(row));
    }
    double sum = Precision.FLOAT64.round(exact);
    double weight = result.sumOfWeights(Precision.FLOAT64);
    Map<String, Number> totals = new LinkedHashMap<>();
    totals.put("sum", sum);
    totals.put("weight", weight);
    totals.put("mean", weight == 0 ? 0.0 : sum / weight);
    totals.put("rows_kept", (long) result.rowsKept());
    totals.put("rows_seen", (long) c.layout.rows());
    if (c.labels != null) {
      totals.put("negative_log_likelihood", result.labelNll(Precision.FLOAT64));
      // The mean over nothing is 0, here as in every mean.
      boolean nothing = result.rowsKept() == 0;
      totals.put("perplexity", nothing ? 1.0 : result.perplexity(Precision.FLOAT64));
    }
    return totals;
  }
}
