package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Options;

/**
 * What a loss of a softmax makes of the errors of its exponentials, {@link RowExponents}, in one
 * row and before row weight, upstream factor and denominator. They come beside the terms of its
 * formula, which the oracle tells.
 */
interface Sensitivity {
  /** The error of the loss. */
  double loss(RowCase c, int row, RowExponents x) throws CaseException;

  /** What the derivative by z_j is at most, about. */
  double pull(RowCase c, int row, RowExponents x, int j) throws CaseException;

  /** The error of the gradient by z_j. */
  double gradient(RowCase c, int row, RowExponents x, int j) throws CaseException;

  /** What multiplies the errors of the terms themselves. */
  default double steepness(RowCase c, int row, RowExponents x) throws CaseException {
    return 1;
  }

  /**
   * Cross-entropy. With A the mass of the targets, L log-sum-exp, H entropy, l and h the weights of
   * the z-loss and of the entropy and v the weight of the label:
   *
   * <pre>
   *   loss        (A + 2 v l |L|) spread + v |h| (spread + moment)
   *   gradient_j  p_j e_j (A + v (2 l |L| + |h| (H + m - z_j))) + p_j v (2 l spread + |h| (spread + moment))
   * </pre>
   */
  record CrossEntropy() implements Sensitivity {
    @Override
    public double loss(RowCase c, int row, RowExponents x) throws CaseException {
      double spread = x.spread + x.rounding;
      return c.targetMass(row) * spread + c.labelWeight(row) * options(c, x, spread);
    }

    /** What z-loss and entropy make of the errors of L and H. */
    private static double options(RowCase c, RowExponents x, double spread) throws CaseException {
      double l = 2 * c.options.number("z_loss", 0) * Math.abs(x.logSumExp);
      double h = Math.abs(c.options.number("entropy", 0));
      return (l == 0 ? 0 : l * spread) + (h == 0 ? 0 : h * (spread + x.moment));
    }

    @Override
    public double pull(RowCase c, int row, RowExponents x, int j) throws CaseException {
      double l = 2 * c.options.number("z_loss", 0);
      double h = Math.abs(c.options.number("entropy", 0));
      double options =
          (l == 0 ? 0 : l * Math.abs(x.logSumExp)) + (h == 0 ? 0 : h * (x.entropy + x.below[j]));
      return c.targetMass(row) + c.labelWeight(row) * options;
    }

    @Override
    public double gradient(RowCase c, int row, RowExponents x, int j) throws CaseException {
      double l = 2 * c.options.number("z_loss", 0);
      double h = Math.abs(c.options.number("entropy", 0));
      double further = (l == 0 ? 0 : l * x.spread) + (h == 0 ? 0 : h * (x.spread + x.moment));
      double own = pull(c, row, x, j) * x.errors[j];
      return own + c.labelWeight(row) * x.probabilities[j] * further;
    }
  }

  /**
   * A loss w phi(p) of the label's probability: f spread and f p_j e_j, with f at least |p phi'|.
   */
  interface OfLabel extends Sensitivity {
    /**
     * The factor f.
     *
     * @param floor the least 1 - p that is seen
     */
    double factor(Options options, double p, double nll, double floor) throws CaseException;

    @Override
    default double loss(RowCase c, int row, RowExponents x) throws CaseException {
      return weighted(c, row, x) * (x.spread + x.rounding);
    }

    @Override
    default double pull(RowCase c, int row, RowExponents x, int j) throws CaseException {
      return weighted(c, row, x);
    }

    @Override
    default double gradient(RowCase c, int row, RowExponents x, int j) throws CaseException {
      return weighted(c, row, x) * x.errors[j];
    }

    private double weighted(RowCase c, int row, RowExponents x) throws CaseException {
      int label = c.labels[row];
      double factor = factor(c.options, x.probabilities[label], x.nlls[label], x.floor);
      return c.labelWeight(row) * factor;
    }
  }

  /** Focal loss: f = (1 + g) ((1 - p)^g + g p (1 - p)^(g - 1) (-log p)), steepness 1 + g. */
  record Focal(double usual) implements OfLabel {
    @Override
    public double factor(Options options, double p, double nll, double floor) throws CaseException {
      double g = options.number("gamma", usual);
      double q = Math.max(1 - p, floor);
      double ratio = p == 0 ? 0 : p * nll / q;
      return (1 + g) * Math.pow(q, g) * (1 + g * ratio);
    }

    @Override
    public double steepness(RowCase c, int row, RowExponents x) throws CaseException {
      return 1 + c.options.number("gamma", usual);
    }
  }

  /** PolyLoss: f = 1 + |epsilon| p. */
  record Poly(double usual) implements OfLabel {
    @Override
    public double factor(Options options, double p, double nll, double floor) throws CaseException {
      return 1 + Math.abs(options.number("epsilon", usual)) * p;
    }
  }

  /** Generalized cross-entropy: f = p^q, steepness 1 + q (-log p), since p^q is an exponential. */
  record Generalized(double usual) implements OfLabel {
    /** Beyond, the exponential is 0. */
    private static final double MOST_EXPONENT = 800;

    @Override
    public double factor(Options options, double p, double nll, double floor) throws CaseException {
      return Math.exp(-options.number("q", usual) * nll);
    }

    @Override
    public double steepness(RowCase c, int row, RowExponents x) throws CaseException {
      double exponent = c.options.number("q", usual) * (x.nlls[c.labels[row]] + 2 * x.rounding);
      return exponent < MOST_EXPONENT ? 1 + exponent : 1;
    }
  }
}
