package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Losses of the softmax probability of the label, or of target masses t:
 *
 * <pre>
 * loss = sum_j t_j phi(p_j),  p = softmax(z)
 * d loss / d z_j = (sum_i s_i) p_j - s_j,  s_j = -t_j p_j phi'(p_j)
 * </pre>
 *
 * <p>A mass of 0 costs nothing, also where phi is infinite.
 */
public final class ProbabilityLosses {

  private ProbabilityLosses() {}

  /** phi(p) and -p phi'(p). */
  private record Phi<R extends Real<R>>(Terms<R> value, Terms<R> fall) {}

  /** A loss that phi defines. */
  private interface ProbabilityLoss extends ClassificationFormula {

    /**
     * phi at p.
     *
     * @param nll -log p
     * @param complement 1 - p
     */
    <R extends Real<R>> Phi<R> phi(R p, R nll, R complement);

    @Override
    default <R extends Real<R>> Slopes<R> at(
        List<R> scores, List<R> targets, int label, Precision type) {
      SoftmaxRow<R> softmax = new SoftmaxRow<>(scores);
      R zero = targets.get(0).constant(0);
      Terms<R> value = Terms.of(zero);
      List<Terms<R>> masses = new ArrayList<>();
      for (int j = 0; j < targets.size(); j++) {
        R t = targets.get(j);
        if (t.isZero()) {
          masses.add(Terms.of(zero));
          continue;
        }
        Phi<R> phi = phi(softmax.probability(j), softmax.nll(j), softmax.complement(j));
        value = value.plus(phi.value().times(t));
        masses.add(phi.fall().times(t));
      }
      R labelNll = label < 0 ? zero.constant(Double.NaN) : softmax.nll(label);
      return new Slopes<>(value, softmax.gradient(masses), labelNll);
    }

    @Override
    default boolean takesProbabilities() {
      return true;
    }

    @Override
    default Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }

  /**
   * Softmax focal loss: phi(p) = (1 - p)^gamma (-log p), class weights being its alpha. MEAN
   * divides by the number of rows kept, as torchvision's sigmoid focal loss does by that of
   * elements.
   *
   * <p>A label on an impossible class costs +infinity, with a finite gradient.
   *
   * @param gamma at least 0; 0 gives cross-entropy
   */
  public record SoftmaxFocal(double gamma) implements ProbabilityLoss {
    /** Checks gamma. */
    public SoftmaxFocal {
      Arguments.requireNonNegative("gamma", gamma);
    }

    /** -p phi' = (1 - p)^gamma + gamma p (1 - p)^(gamma - 1) (-log p), which is 0 or 1 at p = 1. */
    @Override
    public <R extends Real<R>> Phi<R> phi(R p, R nll, R complement) {
      R focus = complement.pow(gamma);
      R second =
          complement.isZero()
              ? p.constant(0)
              : nll.weightedBy(p).multiply(complement.pow(gamma - 1)).multiply(gamma);
      return new Phi<>(Terms.of(nll.weightedBy(focus)), Terms.of(focus.add(second)));
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.KEPT;
    }
  }

  /**
   * Poly-1 cross-entropy: phi(p) = -log p + epsilon (1 - p). MEAN divides as that of cross-entropy.
   *
   * <p>A label on an impossible class costs +infinity, with a finite gradient.
   *
   * @param epsilon finite; 0 gives cross-entropy
   */
  public record Poly1(double epsilon) implements ProbabilityLoss {
    /** Checks epsilon. */
    public Poly1 {
      Arguments.require(Double.isFinite(epsilon), "epsilon", epsilon, "finite");
    }

    @Override
    public <R extends Real<R>> Phi<R> phi(R p, R nll, R complement) {
      R factor = p.constant(epsilon);
      return new Phi<>(
          Terms.of(nll).plus(complement.multiply(factor)), Terms.of(p.multiply(factor)).plus(1));
    }
  }

  /**
   * Generalized cross-entropy: phi(p) = (1 - p^q) / q. MEAN divides as that of cross-entropy.
   *
   * <p>A label on an impossible class costs 1 / q, with gradient 0.
   *
   * @param q above 0, at most 1, which gives the mean absolute error of the label
   */
  public record GeneralizedCrossEntropy(double q) implements ProbabilityLoss {
    /** Checks q. */
    public GeneralizedCrossEntropy {
      Arguments.require(q > 0 && q <= 1, "q", q, "> 0 and <= 1");
    }

    /** p^q = exp(-q nll). */
    @Override
    public <R extends Real<R>> Phi<R> phi(R p, R nll, R complement) {
      R exponent = nll.multiply(-q);
      R value = exponent.expm1().negate().divide(p.constant(q));
      return new Phi<>(Terms.of(value), Terms.of(exponent.exp()));
    }
  }
}
