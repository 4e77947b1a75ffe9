package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Matrix;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Options;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.LogitOptions;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.RowBatch;
import io.github.surprisal.reference.RowOptions;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.SoftmaxLoss;
import java.util.Arrays;

/** A checked case of a loss over rows of classes, as the arguments of either engine. */
final class RowCase {
  private static final String ONE_A_ROW = "one a row";

  /** Where the kernel's exponentials stay true. */
  private static final double WIDEST_TEMPERATURE = 0x1p100;

  private static final double WIDEST_SOFTCAP = 0x1p20;

  final Case source;
  final Options options;
  final RowLayout layout;
  final double[] scores;
  final int[] labels;
  final double[] probabilities;

  /** Null but in a distillation. */
  final CaseTeacher teacher;

  final double[] classWeights;
  final Weighing weighing;

  /** True where a class is allowed, [classes] or [rows, classes]; null for all. */
  final boolean[] allowed;

  /** What logits are divided by. */
  final double temperature;

  /** The bound of logits; infinity for none. */
  final double softcap;

  /**
   * Reads a case.
   *
   * @param scoresName the input that has the gradient
   * @param weightName the input or option that has the class weights
   */
  RowCase(Case source, String scoresName, String weightName) throws CaseException {
    this.source = source;
    options = source.options();
    Tensor input = source.required(scoresName);
    layout = RowLayout.of(scoresName, input);
    scores = layout.toRows(input.data());
    Tensor q = source.optional("target_probabilities", input.shape(), "that of " + scoresName);
    probabilities = q == null ? null : layout.toRows(q.data());
    Tensor y = source.optional("labels", layout.rowShape(), ONE_A_ROW);
    teacher = CaseTeacher.of(source, layout, scoresName);
    if (y == null && q == null && teacher == null) {
      throw new CaseException("inputs.labels is missing");
    }
    labels = y == null ? null : y.integers();
    classWeights = classWeights(weightName);
    allowed = allowed(source.inputs().get("allowed_classes"), input, scoresName);
    temperature = temperature("temperature", 1);
    softcap = between("softcap", Double.POSITIVE_INFINITY, WIDEST_SOFTCAP, "2^-20 to 2^20");
    weighing =
        new Weighing(
            source, "row_weights", "row_mask", layout.rowShape(), ONE_A_ROW, Weighing.REDUCTIONS);
  }

  /** One for each class; alpha may be a single number for all. */
  private double[] classWeights(String name) throws CaseException {
    Tensor weight = source.inputOrOption(name);
    if (weight == null) {
      return null;
    }
    for (int i = 0; i < weight.data().length; i++) {
      if (!Double.isFinite(weight.data()[i])) {
        throw CaseException.of(name + '[' + i + ']', weight.data()[i], "a finite number");
      }
    }
    if (name.equals("alpha") && weight.shape().length == 0) {
      double[] equal = new double[layout.classes()];
      Arrays.fill(equal, weight.data()[0]);
      return equal;
    }
    weight.requireShape(name, new int[] {layout.classes()}, "one a class");
    return weight.data();
  }

  /** One set of classes for all rows, or as many bits as there are scores. */
  private boolean[] allowed(Tensor given, Tensor input, String scoresName) throws CaseException {
    if (given == null) {
      return null;
    }
    boolean shared = given.shape().length == 1 && given.shape()[0] == layout.classes();
    if (!shared) {
      String rule = "that of " + scoresName + ", or [" + layout.classes() + "]";
      given.requireShape("allowed_classes", input.shape(), rule);
    }
    Tensor rows = shared ? given : new Tensor(given.shape(), layout.toRows(given.data()));
    return Weighing.bits("allowed_classes", rows);
  }

  double temperature(String name, double usual) throws CaseException {
    return between(name, usual, WIDEST_TEMPERATURE, "2^-100 to 2^100");
  }

  private double between(String name, double usual, double widest, String rule)
      throws CaseException {
    double value = options.number(name, usual);
    if (value != usual && !(value >= 1 / widest && value <= widest)) {
      throw options.invalid(name, rule);
    }
    return value;
  }

  /** The weight of the labels' part of a distillation. */
  double hardWeight() throws CaseException {
    return options.number("weight_hard_loss", 0);
  }

  /** Whether labels are more than a mask. */
  boolean readsLabels() throws CaseException {
    return labels != null && (teacher == null || hardWeight() != 0);
  }

  boolean isAllowed(int row, int j) {
    int classes = layout.classes();
    return allowed == null || allowed[allowed.length == classes ? j : row * classes + j];
  }

  int ignoreIndex() throws CaseException {
    return options.integer("ignore_index", -100);
  }

  boolean isKept(int row) throws CaseException {
    return weighing.isKept(row) && (labels == null || labels[row] != ignoreIndex());
  }

  /** The sum of the sizes of the target masses of a kept row, about. */
  double targetMass(int row) throws CaseException {
    double smoothing = options.number("label_smoothing", 0);
    int classes = layout.classes();
    int choices = 0;
    for (int j = 0; j < classes; j++) {
      choices += isAllowed(row, j) ? 1 : 0;
    }
    double mass = 0;
    for (int j = 0; j < classes; j++) {
      double q =
          probabilities != null
              ? Math.abs(probabilities[row * classes + j])
              : labels[row] == j ? 1 : 0;
      double t = (1 - smoothing) * q + (isAllowed(row, j) ? smoothing / choices : 0);
      mass += t == 0 ? 0 : t * (classWeights == null ? 1 : Math.abs(classWeights[j]));
    }
    return mass;
  }

  /** The size of the weight of the row's label; 1 beside target probabilities. */
  double labelWeight(int row) {
    return probabilities != null || classWeights == null ? 1 : Math.abs(classWeights[labels[row]]);
  }

  /** What the oracle divided the sum by, where {@code usual} is the default under labels. */
  double divisor(LossResult<?> result, String usual) {
    return weighing.divisor(result, layout.rows(), probabilities == null ? usual : "kept");
  }

  /** The divisor of the mean of a loss sum, whatever the reduction. */
  double meanDivisor(LossResult<?> result, String usual) {
    return weighing.meanDivisor(result, layout.rows(), probabilities == null ? usual : "kept");
  }

  /** Sets the options that all row losses have. */
  <B extends RowLoss.Builder<B>> B configure(B builder) throws CaseException {
    builder.ignoreIndex(ignoreIndex()).reduction(weighing.kernelReduction());
    return classWeights == null ? builder : builder.classWeights(classWeights);
  }

  /** Sets the options that all losses of a softmax have. */
  <B extends SoftmaxLoss.Builder<B>> B configureSoftmax(B builder) throws CaseException {
    return configure(builder).temperature(temperature).softcap(softcap);
  }

  /** The arguments of the kernel, but for what it writes. */
  Batch kernelBatch() {
    var x = matrix(scores);
    var batch = probabilities == null ? Batch.of(x) : Batch.of(x, matrix(probabilities));
    batch = labels == null ? batch : batch.labels(labels);
    batch = teacher == null ? batch : teacher.teach(batch, this);
    batch = allowed == null ? batch : batch.allowed(words());
    return weighing.weigh(batch);
  }

  /** The allowed classes as sets of bits, which begin with a word of their own. */
  private long[] words() {
    int classes = layout.classes();
    int set = (classes + Long.SIZE - 1) / Long.SIZE;
    long[] words = new long[allowed.length / classes * set];
    for (int i = 0; i < allowed.length; i++) {
      if (allowed[i]) {
        int j = i % classes;
        words[i / classes * set + j / Long.SIZE] |= 1L << j;
      }
    }
    return words;
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

  LogitOptions referenceLogitOptions() {
    return new LogitOptions(temperature, softcap);
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
        allowed,
        weighing.upstream,
        source.dtype().computedIn().precision());
  }
}
