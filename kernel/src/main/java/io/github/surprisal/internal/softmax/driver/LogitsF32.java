package io.github.surprisal.internal.softmax.driver;

import static io.github.surprisal.internal.softmax.loop.Sizes.LANES;
import static io.github.surprisal.internal.softmax.loop.Sizes.ROOM;
import static io.github.surprisal.internal.softmax.loop.Sizes.padded;

import io.github.surprisal.internal.lane.TemperatureF32;
import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.Rows;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SlicesF32;
import io.github.surprisal.internal.softmax.loop.SoftcapOperandsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import java.util.Arrays;

/**
 * The logits of a group as the softmax sees them. Those that nothing changes are seen where they
 * are. Others are prepared in scratch memory: capped, and -infinity where a class is not allowed.
 * Rows of one block are prepared once, longer ones a block at a time, each time that a step sees
 * it. Rows of fewer than 16 classes are filled up with -infinity, since loops need that many.
 */
public final class LogitsF32 {
  /** The logits, and the slopes of the softcap: whole rows, or the block that was seen last. */
  public final SlicesF32 x = new SlicesF32();

  public final SlicesF32 damping = new SlicesF32();

  private final SoftcapOperandsF32 scratch = new SoftcapOperandsF32(ROOM);
  private final Loop<SoftcapOperandsF32> softcap;
  private RowBatch batch;
  private Rows from;
  private Group group;
  private boolean prepares;

  /** Allocates the scratch memory. */
  public LogitsF32(SoftmaxLoopsF32 loops) {
    softcap = loops.softcap();
  }

  /**
   * Which call follows, whose logits are in {@code from}; {@code cap} is null without a softcap.
   * Logits are prepared too if they are {@code kept} where exponentials may replace them in place.
   */
  public void start(RowBatch batch, Rows from, TemperatureF32 cap, boolean kept) {
    this.batch = batch;
    this.from = from;
    scratch.cap = cap;
    if (cap != null && scratch.slopes == null) {
      scratch.slopes = new float[ROOM];
    }
    prepares = cap != null || kept || batch.allowed.present() || batch.classes < LANES;
  }

  /** Whether logits are prepared. */
  public boolean prepares() {
    return prepares;
  }

  /** Whether they are prepared a block at a time. */
  public boolean comeInBlocks() {
    return prepares && !Sizes.isOneBlock(batch.classes);
  }

  /** How many loops take of a row of one block. */
  int length() {
    return Math.max(batch.classes, LANES);
  }

  /** How far apart rows of one block are in scratch memory. */
  int pitch() {
    return padded(batch.classes);
  }

  /** Takes up the rows of a group. */
  public void take(Group group) {
    this.group = group;
    if (!prepares) {
      x.set(from, group.row);
    } else if (!comeInBlocks()) {
      prepare(0, batch.classes);
    }
  }

  /** Sees the block of n logits that begins with class c. */
  public void see(int c, int n) {
    if (comeInBlocks()) {
      prepare(c, n);
    } else {
      x.from = c;
      damping.from = c;
    }
  }

  /** Sees whole rows, where there are. */
  void seeAll() {
    x.from = 0;
    damping.from = 0;
  }

  private void prepare(int c, int n) {
    float[] y = scratch.y;
    int pitch = padded(n);
    x.set(y, pitch);
    damping.set(scratch.slopes, pitch);
    float[] logits = from.arrayF32;
    for (int r = 0; r < group.size; r++) {
      System.arraycopy(logits, from.at(group.row[r]) + c, y, r * pitch, n);
      Arrays.fill(y, r * pitch + n, (r + 1) * pitch, 0);
    }
    if (scratch.cap != null) {
      scratch.n = group.size * pitch;
      softcap.run(scratch);
    }
    for (int r = 0; r < group.size; r++) {
      if (batch.allowed.present()) {
        batch.allowed.fillOthers(group.row[r], c, n, y, r * pitch, Float.NEGATIVE_INFINITY);
      }
      Arrays.fill(y, r * pitch + n, (r + 1) * pitch, Float.NEGATIVE_INFINITY);
    }
  }

  /** Forgets the caller's arrays, so that they can be collected. */
  public void release() {
    batch = null;
    from = null;
    group = null;
    x.release();
  }
}
