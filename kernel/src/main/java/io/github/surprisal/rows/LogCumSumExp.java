package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.internal.reduction.RowBatch;
import java.util.LinkedHashMap;

/**
 * Logarithms of cumulative sums of exponentials along rows: what a survival or a list-wise ranking
 * likelihood takes of sorted scores.
 *
 * <pre>
 *   y_j        = log sum over i &lt;= j of exp(x_i)
 *   gradient_j = sum over i &gt;= j of u_i exp(x_j - y_i)
 * </pre>
 *
 * with upstream gradient u. {@code backward} takes the inputs x.
 *
 * <p>Special cases, besides those of {@link RowFunction}, per row:
 *
 * <ul>
 *   <li>-infinity has no effect and gradient 0; before the first other element, y is -infinity and
 *       the gradient NaN;
 *   <li>from +infinity on, y is +infinity, and from NaN on, NaN; the gradient of the whole row is
 *       NaN;
 *   <li>finite inputs up to MAX_VALUE / 4 give finite y, and finite gradients unless those
 *       overflow.
 * </ul>
 *
 * <p>Accuracy, at any length: y_j is within 4 ulp of the larger of the largest x_i so far and
 * {@code y_j} less that; each gradient element within 8 ulp of the sum of the magnitudes of its
 * terms, or within MIN_NORMAL times the sum of |u_i|. Float32 is computed in float64, so that there
 * each is within 1 ulp.
 *
 * <p>Rows beyond a million elements make {@code backward} keep 56 bytes for each million.
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class LogCumSumExp extends RowFunction {
  /** The function, which has no options. */
  public LogCumSumExp() {
    super(new Recipe(LogCumSumExp.class, new LinkedHashMap<>()));
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(new Bounds.Bound(4, 0), new Bounds.Bound(8, 0));
  }

  @Override
  void forward(RowScratch scratch, RowBatch batch) {
    scratch.logCumSumExp().forward(batch);
  }

  @Override
  void backward(RowScratch scratch, RowBatch batch) {
    scratch.logCumSumExp().backward(batch);
  }
}
