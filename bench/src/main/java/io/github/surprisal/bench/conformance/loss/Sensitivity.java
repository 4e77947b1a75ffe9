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
      return x.targetMass * spread + c.labelWeight(row) * options(c, x, spread);
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
      return x.targetMass + c.labelWeight(row) * options;
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
   * A loss w phi(p) of the probability p of the label y, whose relative error is R, {@link
   * RowExponents#labelError}. With f = -p phi'(p), or more:
   *
   * <pre>
   *   loss        w f R
   *   gradient_j  w (f p_j e_j + |p f'| R p_j)
   *   gradient_y  w (f p R + |p f'| R (1 - p))
   * </pre>
   */
  interface OfLabel extends Sensitivity {
    /**
     * The factor f.
     *
     * @param q 1 - p, or where it would be less, the least that is seen
     * @param nll -log p
     */
    double factor(Options options, double p, double q, double nll) throws CaseException;

    /** |p f'|, or more. */
    double change(Options options, double p, double q, double nll) throws CaseException;

    @Override
    default double loss(RowCase c, int row, RowExponents x) throws CaseException {
      return pull(c, row, x, 0) * x.labelError;
    }

    @Override
    default double pull(RowCase c, int row, RowExponents x, int j) throws CaseException {
      int y = c.labels[row];
      return c.labelWeight(row)
          * factor(c.options, x.probabilities[y], Math.max(x.others, x.floor), x.nlls[y]);
    }

    @Override
    default double gradient(RowCase c, int row, RowExponents x, int j) throws CaseException {
      int y = c.labels[row];
      double p = x.probabilities[y];
      double q = Math.max(x.others, x.floor);
      double r = x.labelError;
      double changed = change(c.options, p, q, x.nlls[y]) * r * (j == y ? q : x.probabilities[j]);
      double own = pull(c, row, x, j) * (j == y ? p * r : x.errors[j]);
      return own + c.labelWeight(row) * changed;
    }
  }

  /**
   * Focal loss: f = q^g (1 + g r) with q = 1 - p and r = -p log p / q, of which the power is 1 + g
   * times as steep.
   */
  record Focal(double usual) implements OfLabel {
    @Override
    public double factor(Options options, double p, double q, double nll) throws CaseException {
      double g = options.number("gamma", usual);
      return (1 + g) * Math.pow(q, g) * (1 + g * ratio(p, q, nll));
    }

    /** |f'| = g q^(g - 1) |(g - 1) r + log p + 2|, or less. */
    @Override
    public double change(Options options, double p, double q, double nll) throws CaseException {
      double g = options.number("gamma", usual);
      double steep = Math.abs(g - 1) * ratio(p, q, nll) + 2;
      return g * Math.pow(q, g - 1) * (p * steep + (p == 0 ? 0 : p * nll));
    }

    private static double ratio(double p, double q, double nll) {
      return p == 0 ? 0 : p * nll / q;
    }

    @Override
    public double steepness(RowCase c, int row, RowExponents x) throws CaseException {
      return 1 + c.options.number("gamma", usual);
    }
  }

  /** PolyLoss: f = 1 + |epsilon| p. */
  record Poly(double usual) implements OfLabel {
    @Override
    public double factor(Options options, double p, double q, double nll) throws CaseException {
      return 1 + change(options, p, q, nll);
    }

    @Override
    public double change(Options options, double p, double q, double nll) throws CaseException {
      return Math.abs(options.number("epsilon", usual)) * p;
    }
  }

  /** Generalized cross-entropy: f = p^q = exp(q log p), whose exponent is a term. */
  record Generalized(double usual) implements OfLabel {
    /** Beyond, the exponential is 0. */
    private static final double MOST_EXPONENT = 800;

    @Override
    public double factor(Options options, double p, double q, double nll) throws CaseException {
      return Math.exp(-options.number("q", usual) * nll);
    }

    @Override
    public double change(Options options, double p, double q, double nll) throws CaseException {
      return options.number("q", usual) * factor(options, p, q, nll);
    }

    @Override
    public double steepness(RowCase c, int row, RowExponents x) throws CaseException {
      double exponent = c.options.number("q", usual) * x.nlls[c.labels[row]];
      return exponent < MOST_EXPONENT ? 1 + exponent : 1;
    }
  }
}
