package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;

/**
 * Sigmoid focal loss of a logit x against a target t from 0 to 1: binary cross-entropy, with less
 * weight on what is right already.
 *
 * <p>Predictions are logits, before any sigmoid, targets are 0 or 1, or probabilities between.
 *
 * <pre>
 *   l   = w m^gamma ce
 *   l'  = w m^gamma (s + gamma u ce)
 *   l'' = w m^gamma (gamma u (gamma u ce + 2 s) + gamma u' ce + p q)
 *
 *   p = sigmoid(x), q = 1 - p,   w = alpha t + (1 - alpha) (1 - t)
 *   ce = (1 - t) softplus(x) + t softplus(-x),   s = ce' = (1 - t) p - t q
 *   m = 1 - p_t = (1 - t) p + t q,   u = m'/m,   u' = u (q - p - u)
 * </pre>
 *
 * Between 0 and 1, targets follow torchvision.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>finite logits give finite results for every gamma up to 1e15, also where m underflows: u is
 *       formed without a power of it;
 *   <li>an infinite logit on the side of its target has loss 0 and slope 0, on the other loss
 *       infinity and slope +-w; between 0 and 1, no side is that of the target;
 *   <li>gamma 0 is binary cross-entropy, weighted by w;
 *   <li>a target outside [0, 1] is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 16, slope 16, curvature 16 for
 * gamma 2; 8 + 4 gamma each, for targets of 0 or at least 2^-60, as far as m^gamma is at least
 * 2^-126 (float32) or 2^-1022.
 *
 * <p>Gamma takes the time of a square root for each binary digit of its fraction: 2.5 has one, 0.3
 * all there are, which is some five times slower.
 *
 * @param gamma how much the weight falls
 * @param alpha weight of target 1, 1 - alpha being that of target 0; w = 1 if it is negative
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017, section 3.2 and appendix A</a>
 */
public record SigmoidFocal(double gamma, double alpha) implements BuiltInFormula {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException unless {@code 0 <= gamma < infinity} and {@code -infinity <
   *     alpha <= 1}
   */
  public SigmoidFocal {
    Options.requireNonNegative("gamma", gamma);
    boolean within = alpha <= 1 && alpha > Double.NEGATIVE_INFINITY;
    Options.require(within, "alpha", alpha, "a finite number, %s <= 1");
  }

  /** With gamma 2 and alpha 0.25. */
  public SigmoidFocal() {
    this(2, 0.25);
  }

  @Override
  public Bounds bounds() {
    double bound = 8 + 4 * gamma;
    return Bounds.ofElements(bound, bound, bound);
  }
}
