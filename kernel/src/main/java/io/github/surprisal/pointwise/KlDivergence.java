package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.rows.LogSoftmax;

/**
 * A term of the Kullback-Leibler divergence of predicted from target probabilities, the predictions
 * p given as logarithms.
 *
 * <p>Predictions are log-probabilities, as from {@link LogSoftmax}, targets are probabilities, or
 * log-probabilities if so told.
 *
 * <pre>
 *   l = t (log t - p),   l' = -t,     l'' = 0,   of target probabilities t
 *   l = e^t (t - p),     l' = -e^t,   l'' = 0,   of their logarithms t
 * </pre>
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch's {@code mean}, by the number of elements that
 * count; PyTorch's {@code batchmean} is the sum over the number of rows.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>a target of no probability (0, or as a logarithm -infinity) costs 0 with slope 0, whatever
 *       p is, -infinity included (PyTorch: NaN);
 *   <li>p = -infinity costs infinity against any other target;
 *   <li>a negative t, if it is not a logarithm, is NaN; nothing else has to be a probability;
 *   <li>an infinite t costs infinity, or NaN against p = infinity, with slope -infinity;
 *   <li>e^t (t - p) is finite unless it overflows itself.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 1, curvature exact.
 *
 * @param logTarget whether targets are logarithms too
 * @see <a href="https://doi.org/10.1214/aoms/1177729694">Kullback and Leibler 1951, section 2</a>
 */
public record KlDivergence(boolean logTarget) implements BuiltInFormula {
  /** Of target probabilities. */
  public KlDivergence() {
    this(false);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 1, 0);
  }
}
