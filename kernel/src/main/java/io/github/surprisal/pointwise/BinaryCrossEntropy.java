package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Binary cross-entropy of a probability p against a target t, usually 0 or 1, or a probability.
 * Where there is a logit, {@link BinaryCrossEntropyWithLogits} is faster and has no pole.
 *
 * <p>Predictions are probabilities from 0 to 1, as from a sigmoid, targets are 0 or 1, or
 * probabilities between.
 *
 * <pre>
 *   l   = -(t log c + (1 - t) log(1 - c)),   c = p held to [epsilon, 1 - epsilon]
 *   l'  = (1 - t) / (1 - p) - t / p,         0 outside of that interval
 *   l'' = (1 - t) / (1 - p)^2 + t / p^2,     0 outside of that interval
 * </pre>
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>0 log 0 = 0, and 0 / 0 = 0: a target of 0 or 1 met exactly has loss 0;
 *   <li>without an epsilon, p = 0 with t > 0 and p = 1 with t &lt; 1 are poles: the loss is
 *       infinity (PyTorch: at most 100), and each quotient of slope and curvature ends at the
 *       largest finite number of the type;
 *   <li>with an epsilon, a p below epsilon or above 1 - epsilon has slope 0 and curvature 0; the
 *       ends themselves do not;
 *   <li>a p outside [0, 1] is NaN;
 *   <li>finite targets outside [0, 1] are taken as they are, the loss being linear in t; an
 *       infinite one is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 3, curvature 4.
 *
 * @param epsilon what holds p off the poles; Keras has 1e-7 (and slope 0 at the ends)
 */
public record BinaryCrossEntropy(@Threshold double epsilon) implements BuiltInFormula {
  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException unless {@code 0 <= epsilon < 0.5}
   */
  public BinaryCrossEntropy {
    Options.require(epsilon >= 0 && epsilon < 0.5, "epsilon", epsilon, "0 <= %s < 0.5");
  }

  /** The loss itself, with epsilon 0. */
  public BinaryCrossEntropy() {
    this(0);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 3, 4);
  }
}
