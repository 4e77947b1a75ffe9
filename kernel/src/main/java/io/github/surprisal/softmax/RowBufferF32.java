package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;

/** A group of rows between its passes: where they are, their exponentials and their scalars. */
final class RowBufferF32 {
  static final PassF32[] NOTHING = {};

  /** Most elements of a group of staged rows: as many as the first-level cache has. */
  static final int ROOM = (1 << 15) / Float.BYTES;

  /** Elements of the longest vector there is. */
  private static final int LONGEST = 64 / Float.BYTES;

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

  /** The exponentials, in the order of the layout. */
  final float[] e;

  /** Where the logits of staged rows go: e itself, unless they are needed beside. */
  final float[] staged;

  /** The prepared logits beside their exponentials, where both are needed. */
  final float[] kept;

  /** Slopes of the softcap beside the capped logits. */
  final float[] slopes;

  /** Tells what is allowed. */
  final PreparedLogitsF32 prepared;

  /** Of the softcap; null without. */
  TemperatureF32 cap;

  /** How much of e holds logits, or will: a multiple of 16. */
  int filled;

  /** Where they are before the softcap, and where the slopes of that go. */
  float[] raw;

  int rawAt;
  float[] damping;
  int dampingAt;

  /** The one block in e of a row of many: its first class and its number of classes. */
  int block;

  int blockLength;

  /** Where the logits of that block are, if not in e. */
  float[] seen;

  int seenAt;

  /** The sum so far of such a row. */
  double sum;

  /** Whether there is only a block of a row in e. */
  boolean byBlocks;

  private final PassF32[] capList;
  private final PassF32[] stageList;

  /** Whether the means of max - x are needed. */
  boolean spreads;

  /** Whether the sums of e (max - y) are needed. */
  boolean entropy;

  /** Distance of two rows in e, or of two classes where rows are columns. */
  int pitch;

  /**
   * Lane l of row r is lanes[16 r + l], or lanes[pitch l + r] where rows are columns; maxima take
   * two vectors a row.
   */
  final float[] lanes =
      new float[Math.max(ShortRowsF32.PITCH * TreeF32.LANES, 2 * RowGroup.CAPACITY * LONGEST)];

  /** Index in e of the label of each row, or -1. */
  final int[] label = new int[RowGroup.CAPACITY];

  final float[] max = new float[RowGroup.CAPACITY];

  /** Index in e of the maximum of each row. */
  final int[] first = new int[RowGroup.CAPACITY];

  /** Class of the maximum of each row, where rows are columns. */
  final float[] firstClass = new float[RowGroup.CAPACITY];

  /** What {@link io.github.surprisal.lane.ExpF32#expScaled} takes of each row. */
  final float[] shift = new float[RowGroup.CAPACITY];

  /** Whether there may be a shift that is not 0: in next to no row. */
  boolean shifts;

  final float[] origin = new float[RowGroup.CAPACITY];

  /** The exponential of the maximum, and the sum of the others. */
  final float[] maxExp = new float[RowGroup.CAPACITY];

  final float[] rest = new float[RowGroup.CAPACITY];

  /** What is known of the next row of many blocks. */
  final NextRowF32 next = new NextRowF32();

  /** Where the gradient goes, and before it the exponentials of a row of many blocks; or null. */
  float[] out;

  int outAt;

  /** What is done with each block of exponentials of a long row, before they go. */
  PassF32[] beside = NOTHING;

  /** What the loop over the exponentials fetches for those that follow. */
  final LookAheadF32 ahead;

  /** The gradient is slope e - uniform. */
  final float[] slope = new float[RowGroup.CAPACITY];

  final float[] uniform = new float[RowGroup.CAPACITY];

  RowBufferF32(PreparedLogitsF32 prepared, PassF32 softcap) {
    this.prepared = prepared;
    ahead = new LookAheadF32();
    e = new float[ShortRowsF32.ROOM];
    staged = e;
    kept = new float[ROOM];
    slopes = new float[ROOM];
    capList = new PassF32[] {softcap};
    stageList =
        new PassF32[] {
          new BufferPassesF32.StageBlock(),
          softcap,
          new BufferPassesF32.ForbidInBlock(),
          new BufferPassesF32.Keep()
        };
  }

  /** For staged rows whose logits are kept, or blocks of one row, without a softcap. */
  RowBufferF32(PreparedLogitsF32 prepared, LookAheadF32 ahead) {
    this.prepared = prepared;
    this.ahead = ahead;
    e = new float[ROOM];
    kept = new float[ROOM];
    staged = kept;
    slopes = null;
    capList = null;
    stageList = null;
  }

  /** How many whole rows of {@code classes}, at most a block, a group of staged rows has. */
  static int capacity(int classes) {
    return Math.min(RowGroup.CAPACITY, ROOM / TreeF32.padded(classes));
  }

  /** Every list is run here, so that this call sees many classes; see {@link PassF32}. */
  void run(PassF32[] list) {
    for (PassF32 pass : list) {
      pass.run(this);
    }
  }

  /** Takes up the kept rows of a group; (row r, class c) is at e[rowStep r + classStep c]. */
  void load(RowBatch batch, RowGroup group, int rowStep, int classStep) {
    load(batch, batch.logits, group, rowStep, classStep);
  }

  /** The same of other rows than the logits. */
  void load(RowBatch batch, Rows from, RowGroup group, int rowStep, int classStep) {
    this.group = group;
    x = from.arrayF32;
    end = from.at(batch.rows - 1) + batch.classes;
    rows = group.size;
    classes = batch.classes;
    pitch = Math.max(rowStep, classStep);
    byBlocks = false;
    int[] row = group.row;
    for (int r = 0; r < rows; r++) {
      at[r] = from.at(row[r]);
    }
    for (int r = 0; r < rows; r++) {
      int of = group.label[r];
      label[r] = RowGroup.INDEX[r] * rowStep + of * classStep | of >> 31;
    }
    ahead.clear(pitch);
  }

  /** Takes up where in e the maximum of row r is: at the label if that is one too. */
  void foundMax(int r, int at) {
    int of = label[r];
    int place = of >= 0 && staged[of] == max[r] ? of : at;
    first[r] = place;
    group.first[r] = place - r * pitch;
  }

  /** Forgets the caller's arrays, so that they can be collected. */
  void release() {
    x = null;
    raw = null;
    damping = null;
    seen = null;
    out = null;
    ahead.clear(0);
  }

  /** Takes over the finished scalars, rounded. */
  void loadSlopes(RowBatch batch, RowGroup group) {
    for (int r = 0; r < rows; r++) {
      at[r] = batch.gradient.at(group.row[r]);
    }
    for (int r = 0; r < rows; r++) {
      slope[r] = (float) group.slope[r];
      uniform[r] = (float) group.uniform[r];
    }
  }

  /** Puts classes [c, c + n) of the one row to the start of e, prepared. */
  void stage(int c, int n) {
    block = c;
    blockLength = n;
    run(stageList);
  }

  /**
   * Sees classes [c, c + n) of the one row: where they are, if there is a whole block of them and
   * nothing to change; else copied and filled up with -infinity. The maximum may be left out.
   */
  void see(int c, int n, boolean excludes) {
    int k = first[0] - c;
    boolean excluded = excludes && k >= 0 && k < n;
    blockLength = n;
    boolean changed = n < BLOCK || excluded || prepared.forbids();
    seen = changed ? kept : x;
    seenAt = changed ? 0 : at[0] + c;
    if (changed) {
      System.arraycopy(x, at[0] + c, kept, 0, n);
      Arrays.fill(kept, n, TreeF32.padded(n), Float.NEGATIVE_INFINITY);
      prepared.forbid(group.row[0], c, n, kept, 0);
    }
    if (excluded) {
      kept[k] = Float.NEGATIVE_INFINITY;
    }
  }

  /**
   * Makes logits of row r of the group -infinity where they are not allowed, and what fills up n
   * classes from c on, at staged[at], to the given length.
   */
  void forbid(int r, int c, int n, int at, int length) {
    prepared.forbid(group.row[r], c, n, staged, at);
    Arrays.fill(staged, at + n, at + length, Float.NEGATIVE_INFINITY);
  }

  /** Declares that the first n elements of e are logits. */
  void fill(int n) {
    filled = n;
    raw = e;
    rawAt = 0;
    damping = slopes;
    dampingAt = 0;
  }

  /** Caps the first n logits of e, a multiple of 16. */
  void cap(int n) {
    fill(n);
    if (cap != null) {
      run(capList);
    }
  }
}
