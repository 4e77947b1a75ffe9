package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.RowBatch;

/**
 * Rows of many blocks of prepared logits, one row at a time, block after block. The exponentials,
 * times the slopes of a softcap, wait in the gradient's memory where a multiple of them is all that
 * it needs and the logits are not there. Else they are computed again.
 */
final class PreparedLongRowsF32 implements RowLayoutF32 {
  private final PassF32[] maxList;
  private final PassF32[] blockList;
  private final PassF32[] cappedBlockList;
  private final PassF32[] sumList;
  private final PassF32[] blockAgainList;
  private final PreparedGradientF32 gradient;
  private final RowBufferF32 buffer;

  PreparedLongRowsF32(
      PassF32[] maxList,
      PassF32[] blockList,
      PassF32[] cappedBlockList,
      PassF32[] sumList,
      PassF32[] blockAgainList,
      PreparedGradientF32 gradient,
      RowBufferF32 buffer) {
    this.maxList = maxList;
    this.blockList = blockList;
    this.cappedBlockList = cappedBlockList;
    this.sumList = sumList;
    this.blockAgainList = blockAgainList;
    this.gradient = gradient;
    this.buffer = buffer;
  }

  @Override
  public int capacity(int classes) {
    return 1;
  }

  @Override
  public void normalise(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.prepared.labels(group, buffer);
    buffer.load(batch, group, BLOCK, 1);
    buffer.byBlocks = true;
    boolean capped = terms.logits.capped && !buffer.prepared.forbids();
    buffer.next.follow(batch, batch.logits, group.row[0]);
    if (!capped) {
      buffer.next.following = -1;
    }
    boolean waits =
        batch.gradient.present()
            && batch.gradient.arrayF32 != batch.logits.arrayF32
            && !terms.tilts()
            && !terms.needsTargets(batch)
            && !batch.hessian.present();
    buffer.out = waits ? batch.gradient.arrayF32 : null;
    buffer.outAt = waits ? batch.gradient.at(group.row[0]) : 0;
    buffer.sum = 0;
    group.entropyDot[0] = 0;
    buffer.run(maxList);
    buffer.next.start(buffer.next.following);
    for (int first = 0; first < batch.classes; first = Indices.next(first, BLOCK, batch.classes)) {
      int n = Math.min(BLOCK, batch.classes - first);
      if (capped) {
        run(cappedBlockList, first, n);
      } else {
        lookAhead(batch, group.row[0], first, n);
        run(blockList, first, n);
      }
    }
    buffer.ahead.clear(BLOCK);
    buffer.run(sumList);
  }

  @Override
  public void gradient(RowBatch batch, RowTerms terms, RowGroup group) {
    if (buffer.out != null && PreparedGradientF32.scalesAll(batch, terms, group, 0)) {
      gradient.scale(batch, group, 0, 0, batch.classes, buffer.out, buffer.outAt);
      return;
    }
    for (int first = 0; first < batch.classes; first = Indices.next(first, BLOCK, batch.classes)) {
      int n = Math.min(BLOCK, batch.classes - first);
      run(blockAgainList, first, n);
      gradient.block(batch, terms, group, 0, first, n, buffer.e, buffer.kept, buffer.slopes, 0);
    }
  }

  private void lookAhead(RowBatch batch, int row, int first, int n) {
    if (n == BLOCK) {
      int following = Math.min(row + 1, batch.rows - 1);
      // Not at the output, if slopes wait there.
      float[] out = buffer.cap == null ? buffer.out : null;
      buffer.ahead.lookAtBlock(batch.logits, following, first, out, buffer.outAt);
    } else {
      buffer.ahead.clear(BLOCK);
    }
  }

  private void run(PassF32[] list, int first, int n) {
    buffer.block = first;
    buffer.blockLength = n;
    buffer.run(list);
  }

  /** Takes the maximum out of what will be summed, if it is in the block. */
  static final class ExcludeFromBlock implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      int k = b.first[0] - b.block;
      if (k >= 0 && k < b.blockLength) {
        b.e[k] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** Adds the sums of a block to those of the row. */
  static final class AddBlock implements PassF32 {
    private final EntropySumsF32 entropySums;
    private final RowPassesF32 passes;

    AddBlock(EntropySumsF32 entropySums, RowPassesF32 passes) {
      this.entropySums = entropySums;
      this.passes = passes;
    }

    @Override
    public void run(RowBufferF32 b) {
      b.sum += b.rest[0];
      if (b.entropy) {
        b.group.entropyDot[0] += entropySums.sum(b, 0, 0, BLOCK);
      }
      int label = b.label[0] - b.block;
      if (label >= 0 && label < b.blockLength) {
        b.group.labelExp[0] = b.label[0] == b.first[0] ? b.maxExp[0] : b.e[label];
      }
      if (b.out != null) {
        keep(b);
      }
    }

    private void keep(RowBufferF32 b) {
      int k = b.first[0] - b.block;
      if (k >= 0 && k < b.blockLength) {
        b.e[k] = b.maxExp[0];
      }
      int to = b.outAt + b.block;
      if (b.cap == null) {
        System.arraycopy(b.e, 0, b.out, to, b.blockLength);
      } else {
        passes.multiply(b.e, 0, b.damping, b.dampingAt, b.out, to, b.blockLength, 1);
      }
    }
  }

  /** Hands the row scalars to the group. */
  static final class Store implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      b.group.put(0, b.max[0], b.maxExp[0], b.sum);
      b.group.first[0] = b.first[0];
    }
  }
}
