package io.github.surprisal;

import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.reference.PointwiseBatch;
import io.github.surprisal.reference.PointwiseReference;
import io.github.surprisal.reference.PointwiseResult;
import io.github.surprisal.reference.Precision;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Predictions and targets for one loss, drawn from a seed, for the kernel and for the oracle.
 * Values are floats, so that both types see the same.
 */
final class PointwiseCase {
  /** What kind of number a loss takes. */
  enum Numbers {
    /** Any number. */
    REAL,
    /** A probability, 0 and 1 included. */
    UNIT,
    /** 0 or 1. */
    BINARY,
    /** -1 or 1. */
    SIGN,
    /** 0 or more. */
    COUNT,
    /** More than 0. */
    POSITIVE,
    /** More than -1. */
    ABOVE_MINUS_ONE,
    /** At most 0, as a log-probability. */
    NEGATIVE;

    /** Whether it is such a number. */
    boolean contains(double x) {
      return switch (this) {
        case REAL -> true;
        case UNIT -> x >= 0 && x <= 1;
        case BINARY -> x == 0 || x == 1;
        case SIGN -> Math.abs(x) == 1;
        case COUNT -> x >= 0;
        case POSITIVE -> x > 0;
        case ABOVE_MINUS_ONE -> x > -1;
        case NEGATIVE -> x <= 0;
      };
    }

    private float draw(Regime regime, SplittableRandom random) {
      double u = random.nextDouble(-1, 1);
      return (float)
          switch (this) {
            case REAL -> regime.draw(u, random);
            case UNIT -> Math.min(1, regime.nearEnds ? Math.abs(regime.draw(u, random)) : u * u);
            case BINARY -> u < 0 ? 0 : 1;
            case SIGN -> u < 0 ? -1 : 1;
            case COUNT ->
                u < -0.5 ? 0 : u < 0 ? random.nextInt(20) : Math.abs(regime.draw(u, random));
            case POSITIVE -> Math.abs(regime.draw(u, random)) + Float.MIN_NORMAL;
            case ABOVE_MINUS_ONE -> Math.max(-1 + 0x1p-24, regime.draw(u, random));
            case NEGATIVE -> -Math.abs(regime.draw(u, random));
          };
    }
  }

  /** Where numbers come from: each regime kills some plausible wrong implementation. */
  enum Regime {
    NORMAL(false),
    SMALL(true),
    LARGE(false),
    HUGE(false),
    SUBNORMAL(true),
    SIGNED_ZERO(true),
    WIDE(true);

    private final boolean nearEnds;

    Regime(boolean nearEnds) {
      this.nearEnds = nearEnds;
    }

    private double draw(double u, SplittableRandom random) {
      return switch (this) {
        case NORMAL -> 6 * u;
        case SMALL -> 1e-4 * u;
        case LARGE -> 1e4 * u;
        case HUGE -> 8e37 * u;
        case SUBNORMAL -> 1e-40 * u;
        case SIGNED_ZERO -> Math.copySign(0, u);
        case WIDE -> Math.copySign(Math.scalb(1 + u * u, random.nextInt(-30, 30)), u);
      };
    }
  }

  final Entry entry;
  final Regime regime;
  final int length;
  final double[] predictions;
  final double[] targets;
  final double[] parameter;
  double[] weights;
  boolean[] mask;
  double upstream = 1;

  PointwiseCase(Entry entry, Regime regime, int length, long seed) {
    this.entry = entry;
    this.regime = regime;
    this.length = length;
    var random = new SplittableRandom(seed);
    predictions = draw(entry.predictions(), random);
    targets = draw(entry.targets(), random);
    parameter = entry.parameters() == null ? null : draw(entry.parameters(), random);
  }

  /** Given numbers. */
  PointwiseCase(Entry entry, double[] predictions, double[] targets, double[] parameter) {
    this.entry = entry;
    regime = null;
    length = predictions.length;
    this.predictions = predictions;
    this.targets = targets;
    this.parameter = parameter;
  }

  private double[] draw(Numbers numbers, SplittableRandom random) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = numbers.draw(regime, random);
    }
    return values;
  }

  /** The same with weights, a mask and an upstream factor. */
  PointwiseCase weighted() {
    var random = new SplittableRandom(length);
    double[] sizes = random.doubles(length, 0.5, 2).map(w -> (float) w).toArray();
    weights = CrossEntropyCase.signed(sizes);
    mask = new boolean[length];
    Arrays.fill(mask, true);
    if (length > 2) {
      mask[length / 2] = false;
      weights[length - 1] = 0;
    }
    upstream = 3;
    return this;
  }

  /** The sum, where bounds are those of the formula; with weights the mean. */
  PointwiseLoss loss() {
    return loss(weights == null ? Reduction.SUM : Reduction.MEAN);
  }

  PointwiseLoss loss(Reduction reduction) {
    return PointwiseLoss.builder(entry.formula()).reduction(reduction).build();
  }

  Elements elements(boolean floats) {
    var elements = Elements.of(matrix(predictions, floats), matrix(targets, floats));
    elements = parameter == null ? elements : elements.parameter(matrix(parameter, floats));
    elements = weights == null ? elements : elements.weights(weights).mask(mask);
    return elements.upstream(upstream);
  }

  static Matrix matrix(double[] values, boolean floats) {
    return floats
        ? Matrix.of(CrossEntropyCase.toFloats(values), 1, values.length)
        : Matrix.of(values.clone(), 1, values.length);
  }

  /** The oracle's result of {@link #loss()}. */
  PointwiseResult<?> expected(Precision type) {
    var batch =
        new PointwiseBatch(
            predictions, targets, parameter, weights, mask, new double[] {upstream}, type);
    return new PointwiseReference(
            entry.oracle(),
            weights == null
                ? io.github.surprisal.reference.Reduction.SUM
                : io.github.surprisal.reference.Reduction.MEAN,
            null)
        .evaluate(batch);
  }

  @Override
  public String toString() {
    return "%s %s, %d%s".formatted(entry, regime, length, weights == null ? "" : ", weighted");
  }
}
