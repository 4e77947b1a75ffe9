package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GE;

import io.github.surprisal.reduction.TreeF32;

/** Passes over rows in a buffer, {@code pitch} apart, a multiple of 16. */
final class StagedPassesF32 {
  private static final int LANES = TreeF32.LANES;
  static final float[] INDEX = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  private StagedPassesF32() {}

  /** From the logits to exponentials and rest. */
  static PassF32[] list(PassF32 afterMax, boolean tempered) {
    return new PassF32[] {
      StagedMaxF32.onTheWay(),
      new BufferPassesF32.Labels(),
      afterMax,
      new ScalePassF32(),
      new BufferPassesF32.Exclude(),
      tempered ? new StagedExpF32.Tempered() : new StagedExpF32.Plain(),
      new Sum(),
      new BufferPassesF32.Include(),
      new BufferPassesF32.Store(),
      new RowScalarsF32.LogRest()
    };
  }

  /** From a block of prepared logits to exponentials and their sum. */
  static PassF32[] blockList(PassF32 softcap, PassF32 addBlock) {
    return blockList(softcap, new StagedExpF32.Tempered(), addBlock);
  }

  /** The same where a softcap is all that changes the logits. */
  static PassF32[] cappedBlockList(PassF32 softcap, PassF32 addBlock) {
    return blockList(softcap, new LongExpF32.Capped(), addBlock);
  }

  private static PassF32[] blockList(PassF32 softcap, PassF32 exp, PassF32 addBlock) {
    return new PassF32[] {
      new BufferPassesF32.StageBlock(),
      softcap,
      new BufferPassesF32.ForbidInBlock(),
      new BufferPassesF32.Keep(),
      new PreparedLongRowsF32.ExcludeFromBlock(),
      exp,
      new Sum(),
      addBlock
    };
  }

  /** The same but for the sum. */
  static PassF32[] blockAgainList(PassF32 softcap) {
    return new PassF32[] {
      new BufferPassesF32.StageBlock(),
      softcap,
      new BufferPassesF32.ForbidInBlock(),
      new BufferPassesF32.Keep(),
      new StagedExpF32.Tempered()
    };
  }

  /** The same as {@link #list}, of allowed classes, with the logits kept. */
  static PassF32[] keptList(boolean tempered) {
    return new PassF32[] {
      new AllowedMax(),
      new ScalePassF32(),
      new BufferPassesF32.Exclude(),
      tempered ? new StagedExpF32.Tempered() : new StagedExpF32.Plain(),
      new Sum(),
      new BufferPassesF32.Include(),
      new BufferPassesF32.Store(),
      new RowScalarsF32.LogRest()
    };
  }

  /** The same as {@link #list} of prepared logits. */
  static PassF32[] preparedList(PassF32 softcap, PassF32 afterMax, PassF32 entropySums) {
    return new PassF32[] {
      new Stage(),
      new FillUp(),
      softcap,
      new BufferPassesF32.Forbid(),
      new BufferPassesF32.Keep(),
      StagedMaxF32.inBuffer(),
      afterMax,
      new ScalePassF32(),
      new BufferPassesF32.Exclude(),
      new StagedExpF32.Tempered(),
      new Sum(),
      entropySums,
      new BufferPassesF32.Include(),
      new BufferPassesF32.Store(),
      new RowScalarsF32.LogRest()
    };
  }

  /** Copies the logits that are allowed; their maximum. */
  static final class AllowedMax implements PassF32 {
    private final PassF32[] all = {StagedMaxF32.onTheWay()};
    private final PassF32[] allowed = {
      new Stage(), new FillUp(), new BufferPassesF32.Forbid(), StagedMaxF32.inBuffer()
    };

    @Override
    public void run(RowBufferF32 b) {
      b.run(b.prepared.forbids() ? allowed : all);
    }
  }

  /** Copies the logits. */
  static final class Stage implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      b.fill(b.rows * b.pitch);
      for (int r = 0; r < b.rows; r++) {
        if (b.at[r] <= b.end - b.pitch) {
          copy(b.x, b.at[r], b.staged, r * b.pitch, b.pitch);
        } else {
          System.arraycopy(b.x, b.at[r], b.staged, r * b.pitch, b.classes);
        }
      }
    }

    private static void copy(float[] x, int from, float[] e, int to, int n) {
      for (int i = 0; i < n; i += F32.length()) {
        fromArray(F32, x, from + i).intoArray(e, to + i);
      }
    }
  }

  /**
   * Fills each row up: with -infinity, or for a softcap, of which an infinity takes the longer way,
   * with 0 until later.
   */
  static final class FillUp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      float filling = b.cap == null ? Float.NEGATIVE_INFINITY : 0;
      for (int lane = 0; b.classes < b.pitch && lane < LANES; lane += F32.length()) {
        fill(b.staged, b.pitch, b.pitch - LANES + lane, b.classes, b.rows, filling);
      }
    }

    private static void fill(float[] e, int pitch, int first, int n, int rows, float filling) {
      float left = n - first;
      for (int r = 0; r < rows; r++) {
        int at = r * pitch + first;
        fromArray(F32, e, at)
            .blend(filling, fromArray(F32, INDEX, 0).compare(GE, left))
            .intoArray(e, at);
      }
    }
  }

  /** Ends the sum of each row; an infinite maximum makes the row NaN, since max - max is. */
  static final class Sum implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.rest[r] = TreeF32.sum(b.lanes, r * LANES) + (b.max[r] - b.max[r]);
      }
    }
  }
}
