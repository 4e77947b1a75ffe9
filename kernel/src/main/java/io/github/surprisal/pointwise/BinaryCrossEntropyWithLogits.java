package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;
import java.util.Arrays;

/**
 * Binary cross-entropy of a logit x against a target t, usually 0 or 1, or a probability.
 *
 * <p>Predictions are logits, before any sigmoid, targets are 0 or 1, or probabilities between.
 *
 * <pre>
 *   l   = (1 - u) softplus(x) + P u softplus(-x),   u = (1 - s) t + s / 2
 *   l'  = (1 - u) sigmoid(x) - P u sigmoid(-x)
 *   l'' = (1 - u + P u) sigmoid(x) sigmoid(-x)
 * </pre>
 *
 * with positive weight P and label smoothing s.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>finite logits give finite results; no logit is too large, and a tiny loss keeps its
 *       relative accuracy down to 2^-126 (float32) or 2^-1022;
 *   <li>an infinite logit on the side of its target has loss 0 and slope 0, on the other loss
 *       infinity (PyTorch: NaN for both);
 *   <li>finite targets outside [0, 1] are taken as they are, the loss being linear in t; an
 *       infinite one is NaN; so is a P of any sign.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4, slope 4, curvature 7.
 *
 * @param posWeight P: one number, or one for each class, element i having that of index i modulo
 *     their number
 * @param labelSmoothing s
 */
public record BinaryCrossEntropyWithLogits(double[] posWeight, double labelSmoothing)
    implements BuiltInFormula {
  /**
   * Copies the weights, checks s.
   *
   * @throws IllegalArgumentException unless {@code 0 <= s <= 1} and each weight is finite
   */
  public BinaryCrossEntropyWithLogits {
    posWeight = Options.weights("posWeight", posWeight);
    Options.requireUnit("labelSmoothing", labelSmoothing);
  }

  /** With P = 1 and no smoothing. */
  public BinaryCrossEntropyWithLogits() {
    this(new double[] {1}, 0);
  }

  /** With one P for all. */
  public BinaryCrossEntropyWithLogits(double posWeight, double labelSmoothing) {
    this(new double[] {posWeight}, labelSmoothing);
  }

  @Override
  public double[] posWeight() {
    return posWeight.clone();
  }

  @Override
  public String parameterName() {
    return "posWeight";
  }

  @Override
  public double[] parameterValues() {
    return posWeight();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinaryCrossEntropyWithLogits loss
        && Arrays.equals(posWeight, loss.posWeight)
        && labelSmoothing == loss.labelSmoothing;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(posWeight) + Double.hashCode(labelSmoothing);
  }

  @Override
  public String toString() {
    return "BinaryCrossEntropyWithLogits[posWeight=%s, labelSmoothing=%s]"
        .formatted(Arrays.toString(posWeight), labelSmoothing);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(4, 4, 7);
  }
}
