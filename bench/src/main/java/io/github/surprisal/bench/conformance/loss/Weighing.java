package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Denominator;
import io.github.surprisal.Inputs;
import io.github.surprisal.Reduction;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Options;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which items of a case count, rows or elements, with which weight, how their losses combine, and
 * what multiplies their gradients.
 */
final class Weighing {
  /** The reductions that every loss has. */
  static final List<String> REDUCTIONS = List.of("none", "sum", "mean");

  /** The options that are read here. */
  static final Set<String> OPTIONS = Set.of("reduction", "denominator");

  private static final List<String> DENOMINATORS = List.of("weights", "kept", "all");

  /** PyTorch's mean over the first axis. */
  static final String BATCH_MEAN = "batchmean";

  /** Of each item, or null. */
  final double[] weights;

  /** True where an item is kept, or null. */
  final boolean[] mask;

  /** A factor of each item's gradient, or under one loss a single one; or null. */
  final double[] upstream;

  private final int[] shape;
  private final String reduction;
  private final String rule;
  private final double given;

  /**
   * Reads the inputs {@code weights} and {@code mask}, whose names these are, and the options.
   *
   * @param shape of the items
   * @param of what the shape is
   * @param reductions those that the loss has
   */
  Weighing(Case c, String weights, String mask, int[] shape, String of, List<String> reductions)
      throws CaseException {
    this.shape = shape;
    Tensor w = c.optional(weights, shape, of);
    this.weights = w == null ? null : w.data();
    this.mask = bits(mask, c.optional(mask, shape, of));
    Options options = c.options();
    boolean isGiven = options.isNumber("denominator");
    rule = isGiven ? null : options.choice("denominator", null, DENOMINATORS);
    double number = isGiven ? options.number("denominator", 1) : Double.NaN;
    if (number < 0) {
      throw options.invalid("denominator", "a finite number of at least 0");
    }
    String word = options.choice("reduction", "mean", reductions);
    boolean isBatchMean = word.equals(BATCH_MEAN);
    if (isBatchMean && shape.length == 0) {
      throw options.invalid("reduction", "none, sum or mean for a shape without a first axis");
    }
    reduction = isBatchMean ? "mean" : word;
    given = isBatchMean ? shape[0] : number;
    upstream = upstream(c.upstream());
  }

  /** Bits written as 0 and 1; null for null. */
  static boolean[] bits(String name, Tensor bits) throws CaseException {
    if (bits == null) {
      return null;
    }
    boolean[] mask = new boolean[bits.data().length];
    for (int i = 0; i < mask.length; i++) {
      int bit = (int) bits.data()[i];
      if (bit != 0 && bit != 1) {
        throw CaseException.of(name + '[' + i + ']', bit, "0 or 1");
      }
      mask[i] = bit == 1;
    }
    return mask;
  }

  private double[] upstream(Tensor factors) throws CaseException {
    if (factors != null) {
      factors.requireShape("upstream", lossShape(), "that of the loss");
    }
    return factors == null ? null : factors.data();
  }

  boolean isNone() {
    return reduction.equals("none");
  }

  int[] lossShape() {
    return isNone() ? shape : new int[0];
  }

  /** Whether the item counts, as far as weights and mask say. */
  boolean isKept(int item) {
    return (mask == null || mask[item]) && weight(item) != 0;
  }

  double weight(int item) {
    return weights == null ? 1 : weights[item];
  }

  double upstream(int item) {
    return upstream == null ? 1 : upstream[isNone() ? item : 0];
  }

  /**
   * What the oracle divided the sum by.
   *
   * @param seen the number of items
   * @param usual the denominator that is the loss's default
   */
  double divisor(LossResult<?> result, int seen, String usual) {
    if (!reduction.equals("mean")) {
      return 1;
    }
    if (!Double.isNaN(given)) {
      return given;
    }
    return meanDivisor(result, seen, usual);
  }

  /** What the mean of a loss sum divides by: the denominator that the reduction names, or usual. */
  double meanDivisor(LossResult<?> result, int seen, String usual) {
    boolean isNamed = rule != null && reduction.equals("mean") && Double.isNaN(given);
    return switch (isNamed ? rule : usual) {
      case "weights" -> result.sumOfWeights(Precision.FLOAT64);
      case "kept" -> result.rowsKept();
      default -> seen;
    };
  }

  /** The kernel's reduction. */
  Reduction kernelReduction() {
    if (!reduction.equals("mean")) {
      return isNone() ? Reduction.NONE : Reduction.SUM;
    }
    if (!Double.isNaN(given)) {
      return Reduction.meanOver(given);
    }
    return rule == null ? Reduction.MEAN : Reduction.mean(Denominator.valueOf(constant(rule)));
  }

  /** Adds weights, mask and upstream factors to the kernel's inputs. */
  <I extends Inputs<I>> I weigh(I inputs) {
    I weighed = weights == null ? inputs : inputs.weights(weights);
    weighed = mask == null ? weighed : weighed.mask(mask);
    if (upstream == null) {
      return weighed;
    }
    return isNone() ? weighed.upstream(upstream) : weighed.upstream(upstream[0]);
  }

  /** The oracle's reduction. */
  io.github.surprisal.reference.Reduction referenceReduction() {
    return io.github.surprisal.reference.Reduction.valueOf(constant(reduction));
  }

  /** The oracle's denominator; null for the loss's default. */
  io.github.surprisal.reference.Denominator referenceDenominator() {
    if (!Double.isNaN(given)) {
      return io.github.surprisal.reference.Denominator.given(given);
    }
    return rule == null
        ? null
        : io.github.surprisal.reference.Denominator.Rule.valueOf(constant(rule));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
