package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.RowBatch;

/**
 * Rows of many blocks of prepared logits, one at a time. The exponentials are computed again for
 * the gradient: its memory, which may be that of the logits, has no room for both.
 */
final class PreparedLongRowsF32 implements RowLayoutF32 {
  private final PassF32[] list;
  private final BlockExpF32 exp;
  private final PreparedGradientF32 gradient;
  private final RowBufferF32 buffer;

  PreparedLongRowsF32(
      PassF32[] list, BlockExpF32 exp, PreparedGradientF32 gradient, RowBufferF32 buffer) {
    this.list = list;
    this.exp = exp;
    this.gradient = gradient;
    this.buffer = buffer;
  }

  @Override
  public int capacity(int classes) {
    return 1;
  }

  @Override
  public void normalise(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.load(batch, group, 0, 1);
    buffer.following = -1;
    buffer.next = -1;
    buffer.out = null;
    for (PassF32 pass : list) {
      pass.run(buffer);
    }
  }

  @Override
  public void gradient(RowBatch batch, RowTerms terms, RowGroup group) {
    for (int first = 0; first < batch.classes; first += BLOCK) {
      int n = Math.min(BLOCK, batch.classes - first);
      buffer.stage(first, n);
      exp.exp(buffer, buffer.e, 0, buffer.e, 0, buffer.e, 0);
      gradient.block(batch, terms, group, 0, first, n, buffer.e, buffer.kept, buffer.slopes, 0);
    }
  }
}
