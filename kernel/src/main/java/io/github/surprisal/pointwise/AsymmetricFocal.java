package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Asymmetric focal loss of a logit x against a target t, usually 0 or 1, for labels of which few
 * apply: what is rightly absent weighs less, and from a probability of the margin on.
 *
 * <p>Predictions are logits, before any sigmoid, targets are 0 or 1, or probabilities between.
 *
 * <pre>
 *   l = t q^gammaPositive softplus(-x) - (1 - t) r^gammaNegative log(1 - r)
 *
 *   p = sigmoid(x), q = 1 - p,   r = max(p - margin, 0)
 * </pre>
 *
 * <p>Slope and curvature are those of this formula, powers included, which the authors' code can
 * also hold constant.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>finite logits give finite loss and slope for every gamma, 0^0 being 1;
 *   <li>up to p = margin the part of 1 - t is 0, with slope and curvature 0; p has an error of 2
 *       ulp;
 *   <li>a logit of infinity has loss 0 for t = 1, and for t = 0 loss -log(margin) with slope 0, or
 *       without a margin loss infinity with slope 1; one of -infinity has loss 0 for t = 0, and for
 *       t = 1 loss infinity with slope -1;
 *   <li>finite targets outside [0, 1] are taken as they are, the loss being linear in t; an
 *       infinite one is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 24, slope 24, curvature 24 for the
 * default gammas; 8 + 4 gamma each, gamma being the larger of the two. Near the margin p - margin
 * cancels: there count, for the part of 1 - t, its terms times p / r. Powers below 2^-126 (float32)
 * or 2^-1022 lose their digits.
 *
 * <p>A gamma takes the time of a square root for each binary digit of its fraction: 2.5 has one,
 * 0.3 all there are, which is some five times slower.
 *
 * @param gammaPositive how much the weight of target 1 falls
 * @param gammaNegative how much the weight of target 0 falls
 * @param margin what is taken from p against target 0, from 0 to 1
 * @see <a href="https://arxiv.org/abs/2009.14119">Ridnik et al. 2021, section 2.3</a>
 */
public record AsymmetricFocal(double gammaPositive, double gammaNegative, @Threshold double margin)
    implements BuiltInFormula {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException unless both gammas are at least 0 and finite, and {@code 0 <=
   *     margin <= 1}
   */
  public AsymmetricFocal {
    Options.requireNonNegative("gammaPositive", gammaPositive);
    Options.requireNonNegative("gammaNegative", gammaNegative);
    Options.requireUnit("margin", margin);
  }

  /** With gammas 1 and 4 and margin 0.05. */
  public AsymmetricFocal() {
    this(1, 4, 0.05);
  }

  @Override
  public Bounds bounds() {
    double bound = 8 + 4 * Math.max(gammaPositive, gammaNegative);
    return Bounds.ofElements(bound, bound, bound);
  }
}
