package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Bounds;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Outcome;
import io.github.surprisal.bench.conformance.protocol.Signature;
import io.github.surprisal.bench.conformance.protocol.Signature.Kind;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.RowLoss;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The losses over rows of classes: all but the two calls is common to them.
 *
 * @param name name of the loss
 * @param scores name of the input that has the gradient
 * @param weight name of the input or option that has the class weights
 * @param family what cases may hold
 * @param ownOptions options beside those of the family
 * @param kernel makes the kernel's loss
 * @param reference calls the oracle
 * @param scales tells in what errors are counted
 * @param bounds how large they may be
 */
record ClassificationLoss(
    String name,
    String scores,
    String weight,
    ClassificationFamily family,
    Set<String> ownOptions,
    Kernel kernel,
    Reference reference,
    Scales scales,
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

  /** Tells in what errors are counted, of what the oracle gave. */
  @FunctionalInterface
  interface Scales {
    RowScale of(RowCase c, LossResult<?> result) throws CaseException;
  }

  /** Of the softmax of logits against labels. */
  static ClassificationLoss ofLabels(
      String name,
      String weight,
      String ownOption,
      String usualDenominator,
      Kernel kernel,
      Reference reference,
      Sensitivity sensitivity,
      Bounds bounds) {
    return new ClassificationLoss(
        name,
        "logits",
        weight,
        ClassificationFamily.SOFTMAX,
        Set.of(ownOption),
        kernel,
        reference,
        RowScale.ofSoftmax(sensitivity, usualDenominator),
        bounds);
  }

  /** Of scores that are no logits of a softmax against labels. */
  static ClassificationLoss ofScores(
      String name,
      Set<String> ownOptions,
      String usualDenominator,
      Kernel kernel,
      Reference reference,
      Bounds bounds) {
    return new ClassificationLoss(
        name,
        "logits",
        "weight",
        ClassificationFamily.SCORES,
        ownOptions,
        kernel,
        reference,
        RowScale.ofTerms(usualDenominator),
        bounds);
  }

  @Override
  public Signature signature() {
    Map<String, Kind> inputs = new TreeMap<>();
    inputs.put(scores, Kind.FLOATING);
    inputs.put("labels", Kind.INTEGER);
    inputs.put("row_weights", Kind.FLOATING);
    inputs.put("row_mask", Kind.INTEGER);
    inputs.put(weight, Kind.FLOATING);
    inputs.putAll(family.inputs);
    if (family.isOfAllScores()) {
      inputs.put("allowed_classes", Kind.INTEGER);
    }
    Set<String> options = new TreeSet<>(ownOptions);
    options.addAll(family.options);
    options.addAll(Set.of(weight, "ignore_index"));
    options.addAll(Weighing.OPTIONS);
    Set<String> outputs = new TreeSet<>(Set.of("loss", "gradients", "sum"));
    outputs.addAll(family.outputs);
    return new Signature(inputs, options, outputs);
  }

  @Override
  public Outcome kernel(Case source) throws CaseException {
    var c = new RowCase(source, scores, weight);
    RowLoss loss = kernel.loss(c);
    var layout = c.layout;
    var batch = c.kernelBatch();
    // In double, so that they are rounded but once, to the type of the case.
    double[] losses = new double[layout.rows()];
    batch = c.weighing.isNone() ? batch.losses(losses) : batch;
    var sum = new LossSum();
    batch = c.source.wants("sum") ? batch.sum(sum) : batch;
    var rows = c.source.wants("rows") ? new RowNumbers(c) : null;
    batch = rows == null ? batch : batch.statistics(rows.statistics());
    double value;
    Matrix gradient = null;
    if (c.source.wants("gradients")) {
      gradient = c.matrix(new double[c.scores.length]);
      value = loss.lossAndGradient(batch, gradient);
    } else {
      value = loss.loss(batch);
    }
    return outcome(
        c,
        c.weighing.isNone() ? losses : new double[] {value},
        gradient == null ? null : Matrices.doubles(gradient),
        c.source.wants("hessian") ? new RowHessian(c).kernel() : null,
        c.source.wants("sum") ? Totals.of(sum, c.readsLabels()) : null,
        rows == null ? null : rows.tensors());
  }

  @Override
  public Truth reference(Case source) throws CaseException {
    var c = new RowCase(source, scores, weight);
    LossResult<?> result = reference.evaluate(c);
    Precision precision = source.dtype().precision();
    double[] losses =
        c.weighing.isNone() ? result.losses(precision) : new double[] {result.loss(precision)};
    double[] gradient = c.source.wants("gradients") ? result.gradient(precision) : null;
    var hessian = c.source.wants("hessian") ? new RowHessian(c) : null;
    var rows = c.source.wants("rows") ? RowNumbers.evaluate(c) : null;
    var scale = scales.of(c, result);
    var sum =
        c.source.wants("sum")
            ? Totals.of(result, c.layout.rows(), c.readsLabels(), scale.meanDivisor())
            : null;
    int longestSum = family.isOfAllScores() ? c.layout.classes() : 0;
    return new Truth(
        outcome(
            c,
            losses,
            gradient,
            hessian == null ? null : hessian.reference(),
            sum,
            rows == null ? null : RowNumbers.of(c, rows).tensors()),
        outcome(
            c,
            c.weighing.isNone() ? scale.losses() : new double[] {scale.loss()},
            gradient == null ? null : scale.gradient(),
            hessian == null ? null : hessian.scale(),
            sum == null ? null : scale.sum(),
            rows == null ? null : RowNumbers.scale(c, rows)),
        longestSum);
  }

  private Outcome outcome(
      RowCase c,
      double[] losses,
      double[] gradient,
      double[] hessian,
      Map<String, Number> sum,
      Map<String, Tensor> rows) {
    Dtype dtype = c.source.dtype();
    return new Outcome(
        c.source.wants("loss") ? new Tensor(c.weighing.lossShape(), losses).rounded(dtype) : null,
        gradient == null
            ? null
            : Map.of(
                scores, new Tensor(c.layout.shape(), c.layout.fromRows(gradient)).rounded(dtype)),
        hessian == null
            ? null
            : new Tensor(c.layout.shape(), c.layout.fromRows(hessian)).rounded(dtype),
        sum,
        rows);
  }
}
