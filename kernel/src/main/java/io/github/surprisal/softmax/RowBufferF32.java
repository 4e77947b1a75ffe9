package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;

/** A group of rows between its passes: where they are, their exponentials and their scalars. */
final class RowBufferF32 {
  /** Where the row scalars go. */
  RowGroup group;

  /** Logits: row r begins at x[at[r]] and none may be read from {@code end} on. */
  float[] x;

  /** What the logits are divided by. */
  TemperatureF32 temperature = TemperatureF32.ONE;

  final int[] at = new int[RowGroup.CAPACITY];
  int end;
  int rows;
  int classes;

  /** The logits, then their exponentials, in the order of the layout. */
  final float[] e = new float[2 * BLOCK];

  /** The prepared logits beside their exponentials, where both are needed. */
  final float[] kept = new float[2 * BLOCK];

  /** Slopes of the softcap beside the capped logits. */
  final float[] slopes = new float[2 * BLOCK];

  /** Prepares the logits, if they are not taken as they are. */
  final PreparedLogitsF32 prepared;

  /** Whether no pass may take the caller's logits. */
  boolean prepares;

  /** Whether the sums of e (max - y) are needed. */
  boolean entropy;

  /** Distance of two rows in e, or of two classes where rows are columns. */
  int pitch;

  /** Lane l of row r is lanes[16 r + l], or lanes[pitch l + r] where rows are columns. */
  final float[] lanes = new float[(RowGroup.CAPACITY + 1) * TreeF32.LANES];

  /** Index in e of the label of each row, or -1. */
  final int[] label = new int[RowGroup.CAPACITY];

  final float[] max = new float[RowGroup.CAPACITY];

  /** Index in e of the maximum of each row. */
  final int[] first = new int[RowGroup.CAPACITY];

  /** What {@link io.github.surprisal.lane.ExpF32#expScaled} takes of each row. */
  final float[] shift = new float[RowGroup.CAPACITY];

  final float[] origin = new float[RowGroup.CAPACITY];

  /** The exponential of the maximum, and the sum of the others. */
  final float[] maxExp = new float[RowGroup.CAPACITY];

  final float[] rest = new float[RowGroup.CAPACITY];

  /** Where the row after this one begins, if it counts; else -1. */
  int following;

  /** Where the row begins whose maximum was found beside other work, or -1. */
  int next = -1;

  float nextMax;

  /** The first block that has it. */
  int nextBlock;

  /** Where the exponentials of a row of many blocks go, or null. */
  float[] out;

  int outAt;

  /** The gradient is slope e - uniform. */
  final float[] slope = new float[RowGroup.CAPACITY];

  final float[] uniform = new float[RowGroup.CAPACITY];

  RowBufferF32(PreparedLogitsF32 prepared) {
    this.prepared = prepared;
  }

  /** Takes up the kept rows of a group; (row r, class c) is at e[rowStep r + classStep c]. */
  void load(RowBatch batch, RowGroup group, int rowStep, int classStep) {
    this.group = group;
    x = batch.logits.arrayF32;
    end = batch.logits.at(batch.rows - 1) + batch.classes;
    rows = group.size;
    classes = batch.classes;
    pitch = Math.max(rowStep, classStep);
    for (int r = 0; r < rows; r++) {
      at[r] = batch.logits.at(group.row[r]);
      label[r] = group.label[r] < 0 ? -1 : r * rowStep + group.label[r] * classStep;
    }
  }

  /** Forgets the caller's arrays, so that they can be collected. */
  void release() {
    x = null;
    out = null;
  }

  /** Takes over the finished scalars, rounded. */
  void loadSlopes(RowBatch batch, RowGroup group) {
    for (int r = 0; r < rows; r++) {
      at[r] = batch.gradient.at(group.row[r]);
      slope[r] = (float) group.slope[r];
      uniform[r] = (float) group.uniform[r];
    }
  }

  /** Copies classes [c, c + n) of the one row to the start of e and kept, prepared. */
  void stage(int c, int n) {
    System.arraycopy(x, at[0] + c, e, 0, n);
    Arrays.fill(e, n, BLOCK, Float.NEGATIVE_INFINITY);
    prepared.prepare(group.row[0], c, n, e, slopes, 0);
    if (entropy) {
      System.arraycopy(e, 0, kept, 0, BLOCK);
    }
  }

  /** Begins to look for the maximum of the row at {@code from}, or of none if that is -1. */
  void startNext(int from) {
    next = from;
    nextMax = Float.NEGATIVE_INFINITY;
    nextBlock = 0;
  }

  /** The maximum of the block at class c. */
  void foundInNext(int c, float max) {
    if (max > nextMax) {
      nextMax = max;
      nextBlock = c;
    }
  }

  /** Prepares the logits of each row, and keeps them. */
  static final class Prepare implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.prepared.prepare(b.group.row[r], 0, b.classes, b.e, b.slopes, r * b.pitch);
      }
      if (b.entropy) {
        System.arraycopy(b.e, 0, b.kept, 0, b.rows * b.pitch);
      }
    }
  }

  /** Takes the maximum out of what will be summed. */
  static final class Exclude implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.e[b.first[r]] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** Puts back the exponential of what {@link Exclude} took out. */
  static final class Include implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.e[b.first[r]] = b.maxExp[r];
      }
    }
  }

  /** Hands the row scalars to the group. */
  static final class Store implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.group.put(r, b.max[r], b.maxExp[r], b.rest[r]);
        b.group.labelExp[r] = b.label[r] < 0 ? 0 : b.e[b.label[r]];
      }
    }
  }
}
