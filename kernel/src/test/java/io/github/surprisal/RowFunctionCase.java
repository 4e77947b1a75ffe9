package io.github.surprisal;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.Sparsemax;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows and an upstream gradient for a {@link RowFunction} or {@link LogSumExp}. */
final class RowFunctionCase {
  final String name;
  final int rows;
  final int classes;
  final double[] x;
  final double[] upstream;

  RowFunctionCase(long seed, Regime regime, int rows, int classes) {
    var c = new CrossEntropyCase(seed, regime, rows, classes);
    name = c.toString();
    this.rows = rows;
    this.classes = classes;
    x = c.logits;
    var random = new SplittableRandom(seed);
    upstream = random.doubles(x.length, -2, 2).map(v -> (float) v).toArray();
  }

  /** What a function gives, in doubles. */
  record Outcome(double[] values, double[] gradient) {}

  /** Values and gradient of a function of rows to rows, by the kernel. */
  Outcome evaluate(RowFunction function, Precision precision) {
    return evaluate(function, precision, upstream);
  }

  /** The same with another upstream gradient. */
  Outcome evaluate(RowFunction function, Precision precision, double[] upstream) {
    boolean savesOutput = function instanceof Softmax || function instanceof Sparsemax;
    if (precision == Precision.FLOAT64) {
      double[] y = new double[x.length];
      double[] gradient = new double[x.length];
      function.forward(x, classes, y);
      function.backward(savesOutput ? y : x, upstream, classes, gradient);
      return new Outcome(y, gradient);
    }
    float[] input = CrossEntropyCase.toFloats(x);
    float[] y = new float[x.length];
    float[] gradient = new float[x.length];
    function.forward(input, classes, y);
    float[] g = CrossEntropyCase.toFloats(upstream);
    function.backward(savesOutput ? y : input, g, classes, gradient);
    return new Outcome(toDoubles(y), toDoubles(gradient));
  }

  /** Values and gradient of log-sum-exp, of which upstream begins with one element a row. */
  Outcome evaluate(LogSumExp function, Precision precision) {
    double[] u = Arrays.copyOf(upstream, rows);
    if (precision == Precision.FLOAT64) {
      double[] y = new double[rows];
      double[] gradient = new double[x.length];
      function.forward(x, y);
      function.backward(x, u, gradient);
      return new Outcome(y, gradient);
    }
    float[] input = CrossEntropyCase.toFloats(x);
    float[] y = new float[rows];
    float[] gradient = new float[x.length];
    function.forward(input, y);
    function.backward(input, CrossEntropyCase.toFloats(u), gradient);
    return new Outcome(toDoubles(y), toDoubles(gradient));
  }

  static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @Override
  public String toString() {
    return name;
  }
}
