package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Bounds;
import io.github.surprisal.Matrix;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Outcome;
import io.github.surprisal.bench.conformance.protocol.Signature;
import io.github.surprisal.bench.conformance.protocol.Signature.Kind;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.RowFunction;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.Softmax;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The functions of rows of logits: what stands for the loss is the value, of the shape of the
 * logits or one a row, and upstream has its shape.
 *
 * @param function the oracle's
 */
record RowFunctionLoss(RowFunction function) implements Loss {
  static final List<Loss> ALL =
      Arrays.stream(RowFunction.values()).<Loss>map(RowFunctionLoss::new).toList();

  @Override
  public String name() {
    return function.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Signature signature() {
    return new Signature(Map.of("logits", Kind.FLOATING), Set.of(), Set.of("loss", "gradients"));
  }

  @Override
  public Bounds bounds() {
    return switch (function) {
      case SOFTMAX -> Softmax.builder().build().bounds();
      case LOG_SOFTMAX -> LogSoftmax.builder().build().bounds();
      case LOGSUMEXP -> LogSumExp.builder().build().bounds();
      case LOGCUMSUMEXP -> new LogCumSumExp().bounds();
    };
  }

  private boolean isOneARow() {
    return function == RowFunction.LOGSUMEXP;
  }

  /** A case as rows. */
  private record Rows(Case source, RowLayout layout, int[] shape, double[] x, double[] upstream) {
    Matrix matrix(double[] values) {
      return Matrices.of(values, layout.rows(), layout.classes(), source.dtype());
    }
  }

  private Rows rows(Case c) throws CaseException {
    Tensor logits = c.required("logits");
    var layout = RowLayout.of("logits", logits);
    int[] shape = isOneARow() ? layout.rowShape() : layout.shape();
    double[] upstream = new double[isOneARow() ? layout.rows() : logits.data().length];
    Arrays.fill(upstream, 1);
    if (c.upstream() != null) {
      c.upstream().requireShape("upstream", shape, "that of the values");
      double[] given = c.upstream().data();
      upstream = isOneARow() ? given : layout.toRows(given);
    }
    return new Rows(c, layout, shape, layout.toRows(logits.data()), upstream);
  }

  @Override
  public Outcome kernel(Case c) throws CaseException {
    var rows = rows(c);
    var x = rows.matrix(rows.x);
    var gradient = rows.matrix(new double[rows.x.length]);
    if (isOneARow()) {
      double[] values = new double[rows.layout.rows()];
      LogSumExp.builder().build().forward(x, values);
      LogSumExp.builder().build().backward(x, rows.upstream, gradient);
      return outcome(rows, values, Matrices.doubles(gradient));
    }
    var kernel =
        switch (function) {
          case SOFTMAX -> Softmax.builder().build();
          case LOG_SOFTMAX -> LogSoftmax.builder().build();
          default -> new LogCumSumExp();
        };
    var y = rows.matrix(new double[rows.x.length]);
    kernel.forward(x, y);
    var saved = function == RowFunction.LOGCUMSUMEXP ? x : y;
    kernel.backward(saved, rows.matrix(rows.upstream), gradient);
    return outcome(rows, Matrices.doubles(y), Matrices.doubles(gradient));
  }

  @Override
  public Truth reference(Case c) throws CaseException {
    var rows = rows(c);
    int classes = rows.layout.classes();
    var result = function.evaluate(rows.x, rows.layout.rows(), classes, rows.upstream);
    var precision = c.dtype().precision();
    double[] values = result.values(precision);
    double[] gradient = result.gradient(precision);
    double[] valueScale = new double[values.length];
    double[] gradientScale = new double[gradient.length];
    double[] magnitudes = Arrays.stream(rows.upstream).map(Math::abs).toArray();
    double[] sums =
        function
            .evaluate(rows.x, rows.layout.rows(), classes, magnitudes)
            .gradient(Precision.FLOAT64);
    for (int row = 0; row < rows.layout.rows(); row++) {
      scale(rows, row, values, valueScale, sums, gradientScale);
    }
    return new Truth(
        outcome(rows, values, gradient), outcome(rows, valueScale, gradientScale), classes);
  }

  /**
   * In what errors of a row are counted. With m = max x, p = softmax(x), u upstream and e_j = 1 + m
   * - x_j + log C, a relative error of each exponential and of their sum:
   *
   * <pre>
   *   softmax       p_j e_j                 p_j e_j |u_j| + p_j sum of |u_i| p_i (e_i + e_j)
   *   log_softmax   |y_j| + 1 + log C       |u_j| + p_j e_j sum of |u_i|
   *   others        |m| + |y_j| + log C     e_j times the sum of the magnitudes of its terms
   * </pre>
   */
  private void scale(
      Rows rows, int row, double[] values, double[] y, double[] sums, double[] gradient) {
    int classes = rows.layout.classes();
    int from = row * classes;
    double floor = classes * rows.source.dtype().smallestNormalOverEpsilon();
    double max = Arrays.stream(rows.x, from, from + classes).max().orElseThrow();
    double total = 0;
    double largest = 0;
    for (int i = from; i < from + classes; i++) {
      total += Math.exp(rows.x[i] - max);
      largest = Double.isFinite(rows.x[i]) ? Math.max(largest, Math.abs(rows.x[i])) : largest;
    }
    double common = 1 + Math.log(classes);
    double mass = 0;
    double mean = 0;
    double weighted = 0;
    for (int i = from; i < from + classes && !isOneARow(); i++) {
      double p = Math.exp(rows.x[i] - max) / total;
      double u = Math.abs(rows.upstream[i]);
      mass += u;
      mean += p == 0 ? u * floor : p * u;
      weighted += p == 0 ? u * floor : p * u * (common + max - rows.x[i]);
    }
    for (int i = from; i < from + classes; i++) {
      double p = Math.exp(rows.x[i] - max) / total;
      double e = p == 0 ? common : common + max - rows.x[i];
      double q = Math.max(p * e, floor);
      int at = isOneARow() ? row : i;
      double u = Math.abs(rows.upstream[at]);
      double magnitude = Double.isFinite(values[at]) ? Math.abs(values[at]) : 0;
      switch (function) {
        case SOFTMAX -> {
          y[at] = q;
          gradient[i] = q * (u + mean) + Math.max(p, floor) * weighted;
        }
        case LOG_SOFTMAX -> {
          y[at] = magnitude + common;
          gradient[i] = u + q * mass;
        }
        default -> {
          y[at] = largest + magnitude + common;
          double steps = function == RowFunction.LOGSUMEXP ? e : common + largest;
          gradient[i] = Math.max(Math.abs(sums[i]) * steps, floor * (mass + u));
        }
      }
      gradient[i] = Math.max(gradient[i], floor);
    }
  }

  private Outcome outcome(Rows rows, double[] values, double[] gradient) {
    var dtype = rows.source.dtype();
    var layout = rows.layout;
    double[] inOrder = isOneARow() ? values : layout.fromRows(values);
    return new Outcome(
        rows.source.wants("loss") ? new Tensor(rows.shape, inOrder).rounded(dtype) : null,
        rows.source.wants("gradients")
            ? Map.of("logits", new Tensor(layout.shape(), layout.fromRows(gradient)).rounded(dtype))
            : null,
        null,
        null,
        null);
  }
}
