package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.CrossEntropyReference;
import io.github.surprisal.reference.CrossEntropyResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.RowStatistics;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a result may tell of each row's softmax beside its loss. */
final class RowNumbers {
  private final RowCase c;
  private final double[] lse;
  private final double[] entropy;
  private final double[] probability;
  private final boolean[] correct;

  /** Room for the numbers of a case. */
  RowNumbers(RowCase c) {
    this.c = c;
    int rows = c.layout.rows();
    lse = new double[rows];
    entropy = new double[rows];
    probability = new double[rows];
    correct = new boolean[rows];
  }

  /** Where the kernel writes. */
  RowStatistics statistics() {
    return RowStatistics.none()
        .logSumExp(lse)
        .entropy(entropy)
        .labelProbability(probability)
        .correct(correct);
  }

  /** By name, rounded; what is of the label only where there is one. */
  Map<String, Tensor> tensors() {
    double[] bits = new double[correct.length];
    for (int row = 0; row < bits.length; row++) {
      bits[row] = correct[row] ? 1 : 0;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    put(tensors, "lse", lse);
    put(tensors, "entropy", entropy);
    if (c.labels != null) {
      put(tensors, "correct", bits);
      put(tensors, "probability", probability);
    }
    return tensors;
  }

  private void put(Map<String, Tensor> tensors, String name, double[] values) {
    tensors.put(name, new Tensor(c.layout.rowShape(), values).rounded(c.source.dtype()));
  }

  /** What cross-entropy, which has the same softmax, gives for the rows. */
  static CrossEntropyResult<?> evaluate(RowCase c) throws CaseException {
    return new CrossEntropyReference(c.referenceOptions(), 0)
        .withLogitOptions(c.referenceLogitOptions())
        .evaluate(c.referenceBatch());
  }

  /** The oracle's numbers. */
  static RowNumbers of(RowCase c, CrossEntropyResult<?> result) {
    var numbers = new RowNumbers(c);
    Precision precision = c.source.dtype().precision();
    int rows = c.layout.rows();
    System.arraycopy(result.logSumExp(precision), 0, numbers.lse, 0, rows);
    System.arraycopy(result.entropy(precision), 0, numbers.entropy, 0, rows);
    System.arraycopy(result.labelProbability(precision), 0, numbers.probability, 0, rows);
    for (int row = 0; row < rows; row++) {
      numbers.correct[row] = result.isCorrect(row);
    }
    return numbers;
  }

  /** In what errors of the oracle's numbers are counted. */
  static Map<String, Tensor> scale(RowCase c, CrossEntropyResult<?> result) throws CaseException {
    var scale = of(c, result);
    double[] terms = result.logSumExpTerms(Precision.FLOAT64);
    for (int row = 0; row < terms.length; row++) {
      if (c.isKept(row)) {
        var x = new RowExponents(c, row);
        scale.lse[row] = terms[row] + x.spread;
        scale.entropy[row] += x.spread + x.moment;
        int label = c.labels == null ? -1 : c.labels[row];
        double spread = label < 0 ? 0 : x.probabilities[label] * (x.spread + x.rounding);
        scale.probability[row] += label < 0 ? 0 : x.errors[label] + spread;
      }
    }
    return scale.tensors();
  }
}
