package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Negative log-likelihood of a target t under a normal distribution of predicted mean p and
 * variance v, the parameter of each element.
 *
 * <p>Predictions are means, any numbers, targets are any numbers; variances are at least 0.
 *
 * <pre>
 *   l = (log w + d^2 / w) / 2,   d = p - t,   w = max(v, epsilon)
 *   l' = d / w,   l'' = 1 / w,   dl/dv = (1 / w - d^2 / w^2) / 2
 * </pre>
 *
 * and log(2 pi) / 2 more if it is full.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>where v is below epsilon, dl/dv = 0: l does not depend on v there (PyTorch's does not
 *       vanish);
 *   <li>a negative v is NaN (PyTorch throws);
 *   <li>d^2 may overflow where d^2 / w does not;
 *   <li>an infinite v costs infinity with slopes 0, an infinite d infinity with slope +-infinity,
 *       both together NaN, as does infinity against infinity of the same sign.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4, slope 4, curvature 1.
 *
 * @param full whether to add log(2 pi) / 2
 * @param epsilon the least variance, taken as the type's smallest normal number if it is below that
 * @see <a href="https://doi.org/10.1109/ICNN.1994.374138">Nix and Weigend 1994, section 2</a>
 */
public record GaussianNll(boolean full, @Threshold double epsilon) implements BuiltInFormula {
  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException unless {@code 0 < epsilon < infinity}
   */
  public GaussianNll {
    Options.requirePositive("epsilon", epsilon);
  }

  /** Without the constant, with epsilon 1e-6. */
  public GaussianNll() {
    this(false, 1e-6);
  }

  @Override
  public String parameterName() {
    return "variance";
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(4, 4, 1);
  }
}
