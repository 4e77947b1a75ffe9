package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.internal.reduction.RowBatch;
import java.util.LinkedHashMap;

/**
 * Sparsemax of rows of scores: the probabilities that lie next to them, many of which are 0.
 *
 * <pre>
 *   p          = max(0, z - tau),  tau so that sum of p = 1
 *   gradient_j = u_j - mean of u_i over p_i &gt; 0  where p_j &gt; 0, else 0
 * </pre>
 *
 * with upstream gradient u. {@code backward} takes the probabilities that {@code forward} gave.
 *
 * <p>Special cases, besides those of {@link RowFunction}, per row:
 *
 * <ul>
 *   <li>a score of -infinity has probability 0 and gradient 0;
 *   <li>a row of -infinity only, or with a score of +infinity, or with NaN, is NaN;
 *   <li>equal scores have equal probabilities, and one that lies 1 or more below the largest has
 *       exactly 0.
 * </ul>
 *
 * <p>Accuracy, with n the lesser of the number of classes and 2048: each probability is within 4 +
 * n/16 ulp of the larger of {@code |tau - max z|} and {@code |z_j - max z|}, where it is not 0, and
 * each gradient element within 4 + n/16 ulp of the largest |u_i|.
 *
 * @see <a href="https://arxiv.org/abs/1602.02068">Martins and Astudillo 2016, section 2</a>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class Sparsemax extends RowFunction {
  /** The function, which has no options. */
  public Sparsemax() {
    super(new Recipe(Sparsemax.class, new LinkedHashMap<>()));
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(4));
  }

  @Override
  void forward(RowScratch scratch, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      scratch.scoresF32().sparsemax(batch);
    } else {
      scratch.scoresF64().sparsemax(batch);
    }
  }

  @Override
  void backward(RowScratch scratch, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      scratch.scoresF32().sparsemaxBackward(batch);
    } else {
      scratch.scoresF64().sparsemaxBackward(batch);
    }
  }
}
