package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import java.util.Arrays;

/** Passes that change single elements of a buffer, or copy them, between those over all. */
final class BufferPassesF32 {
  private BufferPassesF32() {}

  /**
   * Copies the logits of a block and fills it up with 0, until {@link ForbidInBlock}. The softcap
   * takes a whole one from where it is, and its slopes may wait where the gradient goes.
   */
  static final class StageBlock implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      b.fill(BLOCK);
      if (b.cap != null && b.blockLength == BLOCK) {
        b.raw = b.x;
        b.rawAt = b.at[0] + b.block;
        if (b.out != null) {
          b.damping = b.out;
          b.dampingAt = b.outAt + b.block;
        }
      } else {
        System.arraycopy(b.x, b.at[0] + b.block, b.e, 0, b.blockLength);
        Arrays.fill(b.e, b.blockLength, BLOCK, 0);
      }
    }
  }

  /**
   * The logits of the labels, where none is capped or forbidden: in the buffer, since the first
   * look at a row in memory waits for it.
   */
  static final class Labels implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      gather(b.e, b.label, Double.NEGATIVE_INFINITY, b.group.labelLogit, b.rows);
    }
  }

  /** What each row has at its label, or {@code none}; either all rows have one or none has. */
  private static void gather(float[] e, int[] label, double none, double[] to, int n) {
    if (label[0] < 0) {
      Arrays.fill(to, 0, n, none);
      return;
    }
    for (int r = 0; r < n; r++) {
      to[r] = e[label[r]];
    }
  }

  /** Leaves no logit of a staged row that is not allowed, and fills up what the softcap took. */
  static final class Forbid implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      boolean changes = b.cap != null || b.prepared.forbids();
      for (int r = 0; changes && r < b.rows; r++) {
        b.forbid(r, 0, b.classes, r * b.pitch, b.pitch);
      }
    }
  }

  /** The same of a block. */
  static final class ForbidInBlock implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      b.forbid(0, b.block, b.blockLength, 0, BLOCK);
    }
  }

  /** Keeps the prepared logits where they are needed beside their exponentials. */
  static final class Keep implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      if (b.entropy) {
        System.arraycopy(b.e, 0, b.kept, 0, b.filled);
      }
    }
  }

  /** Takes the maximum out of what will be summed. */
  static final class Exclude implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.staged[b.first[r]] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** Puts back the exponential of what {@link Exclude} took out. */
  static final class Include implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.staged[b.first[r]] = b.max[r];
        b.e[b.first[r]] = b.maxExp[r];
      }
    }
  }

  /** Hands the row scalars to the group, one after the other, so that the loops are vectors. */
  static final class Store implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      widen(b.max, b.group.max, b.rows);
      widen(b.maxExp, b.group.maxExp, b.rows);
      widen(b.rest, b.group.rest, b.rows);
      gather(b.e, b.label, 0, b.group.labelExp, b.rows);
    }

    private static void widen(float[] from, double[] to, int n) {
      for (int r = 0; r < n; r++) {
        to[r] = from[r];
      }
    }
  }

  /**
   * x - shift at e[to], for n elements; where there is nothing to subtract, which is all but always
   * so, x itself.
   */
  static float[] shifted(float[] x, int from, float[] e, int to, int n, float shift) {
    if (shift == 0) {
      return x;
    }
    for (int i = 0; i < n; i++) {
      e[to + i] = x[from + i] - shift;
    }
    return e;
  }
}
