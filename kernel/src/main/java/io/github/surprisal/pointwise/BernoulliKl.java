package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;

/**
 * Kullback-Leibler divergence of a predicted probability p from a target probability t: what {@link
 * BinaryCrossEntropy} exceeds the entropy of t by.
 *
 * <p>Predictions are probabilities from 0 to 1, targets are probabilities from 0 to 1.
 *
 * <pre>
 *   l   = t log(t / p) + (1 - t) log((1 - t) / (1 - p))
 *   l'  = (1 - t) / (1 - p) - t / p
 *   l'' = (1 - t) / (1 - p)^2 + t / p^2
 * </pre>
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>p = t gives loss 0, and next to it the error shrinks with |p - t|;
 *   <li>a probability of 0 or 1 against a target that denies it costs infinity; the quotients of
 *       slope and curvature are then held to the largest number of the type;
 *   <li>0 log 0 = 0, and quotients 0 / 0 are 0;
 *   <li>p or t outside [0, 1] is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 3, curvature 4.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177729694">Kullback and Leibler 1951, section 2</a>
 */
public record BernoulliKl() implements BuiltInFormula {
  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 3, 4);
  }
}
