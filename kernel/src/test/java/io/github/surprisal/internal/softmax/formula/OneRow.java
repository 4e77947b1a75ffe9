package io.github.surprisal.internal.softmax.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.internal.reduction.ClassWeights;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import java.util.function.ToDoubleFunction;

/**
 * A row of logits y after a masked one, and the scalars that loops would give of it, in plain
 * double. What terms make of these is held against a loss as a function of z, {@code unit y}, and
 * its central differences.
 */
final class OneRow {
  /** Upstream factor and denominator of the call. */
  static final double FACTOR = 0.75;

  static final double DIVISOR = 4;

  private static final double STEP = 1e-5;
  private static final int ROW = 1;

  final RowBatch batch = new RowBatch();
  final Group group = new Group();
  final SoftmaxScalars scalars = new SoftmaxScalars();
  final TargetSums sums = new TargetSums();
  final GradientScalars out = new GradientScalars();
  final LogitOptions options;
  final int label;
  final double[] y;
  private double[] probabilities;
  private double scale = FACTOR / DIVISOR;

  /** Logits as the loops see them, and their label, or -1. */
  OneRow(LogitOptions options, int label, double... y) {
    this.options = options;
    this.label = label;
    this.y = y;
    batch.classes = y.length;
    batch.rows = 2;
    batch.given.upstream = FACTOR;
    batch.given.ignoreIndex = -100;
    double[] twice = new double[2 * y.length];
    System.arraycopy(y, 0, twice, y.length, y.length);
    batch.given.logits.set(null, twice, 0, y.length);
    if (label >= 0) {
      batch.given.labels = new int[] {batch.given.ignoreIndex, label};
    } else {
      batch.given.mask.set(new boolean[] {false, true}, null);
    }
    group.add(ROW, label);
  }

  OneRow classWeights(double... weights) {
    batch.given.weighClasses(new ClassWeights(weights, false), true);
    return this;
  }

  OneRow probabilities(double... q) {
    probabilities = q;
    double[] twice = new double[2 * q.length];
    System.arraycopy(q, 0, twice, q.length, q.length);
    batch.given.probabilities.set(null, twice, 0, q.length);
    return this;
  }

  /** Weight and upstream factor of the row. */
  OneRow factors(double weight, double upstream) {
    batch.given.weights.set(null, new double[] {17, weight});
    batch.given.upstreams.set(null, new double[] {13, upstream});
    scale *= weight * upstream;
    return this;
  }

  OneRow upstreams(double upstream) {
    batch.given.upstreams.set(null, new double[] {13, upstream});
    scale *= upstream;
    return this;
  }

  /** Gives terms the scalars. */
  OneRow finish(RowTerms terms) {
    batch.count();
    batch.divideBy(DIVISOR, false);
    double max = Double.NEGATIVE_INFINITY;
    for (double x : y) {
      max = Math.max(max, x);
    }
    scalars.start(0, max, label < 0 ? Double.NEGATIVE_INFINITY : y[label]);
    // Any common factor will do.
    scalars.maxExp[0] = 0.5;
    boolean first = true;
    for (int j = 0; j < y.length; j++) {
      double below = max - y[j];
      scalars.rest[0] += below == 0 && first ? 0 : exponential(j);
      first &= below != 0;
      scalars.second[0] += exponential(j) == 0 ? 0 : exponential(j) * below;
      scalars.gap[0] += below / y.length;
    }
    scalars.inverse[0] = 1 / (0.5 + scalars.rest[0]);
    scalars.logRest[0] = Math.log1p(scalars.rest[0] / 0.5);
    scalars.labelExp[0] = label < 0 ? 0 : exponential(label);
    for (int j = 0; terms.needsTargets(batch) && j < y.length; j++) {
      sums.mass[0] += target(terms, j);
      sums.dot[0] += target(terms, j) * (max - y[j]);
    }
    terms.finish(batch, group, scalars, sums, out);
    return this;
  }

  private double exponential(int j) {
    return 0.5 * Math.exp(options.unit * (y[j] - scalars.max[0]));
  }

  /** The mass of class j, of a label that of smoothing alone. */
  private double target(RowTerms terms, int j) {
    double q = probabilities == null ? 0 : probabilities[j];
    double weight = batch.given.classWeightsF64 == null ? 1 : batch.given.classWeightsF64[j];
    return weight * (terms.targetFactor() * q + terms.targetConstant(batch, ROW));
  }

  /** The gradient that the loops would write. */
  private double gradient(RowTerms terms, int j) {
    if (j == label && probabilities == null) {
      return out.atLabel[0];
    }
    double unit = batch.given.classWeights == null ? 1 : batch.given.classWeights.loopUnit;
    double target =
        terms.needsTargets(batch) ? out.scale[0] * target(terms, j) / unit : out.uniform[0];
    return (out.slope[0] + out.tilt[0] * (y[j] - scalars.max[0])) * exponential(j) - target;
  }

  /** Loss and gradient are those of a function of z. */
  void check(RowTerms terms, ToDoubleFunction<double[]> loss) {
    finish(terms);
    double[] z = new double[y.length];
    for (int j = 0; j < y.length; j++) {
      z[j] = options.unit * y[j];
    }
    double value = loss.applyAsDouble(z);
    assertEquals(value, out.loss[0], 1e-13 * Math.max(1, Math.abs(value)));
    for (int j = 0; j < y.length; j++) {
      double at = z[j];
      z[j] = at + STEP;
      double above = loss.applyAsDouble(z);
      z[j] = at - STEP;
      double slope = (above - loss.applyAsDouble(z)) / (2 * STEP);
      z[j] = at;
      assertEquals(scale * options.slope * slope, gradient(terms, j), 1e-8, "class " + j);
    }
  }

  /** What derivatives are multiplied with, but for the options of logits. */
  double scale() {
    return scale;
  }

  static double logSumExp(double[] z) {
    double sum = 0;
    for (double x : z) {
      sum += Math.exp(x);
    }
    return Math.log(sum);
  }

  static double entropy(double[] z) {
    double sum = 0;
    for (double x : z) {
      double logP = x - logSumExp(z);
      sum -= Math.exp(logP) * logP;
    }
    return sum;
  }
}
