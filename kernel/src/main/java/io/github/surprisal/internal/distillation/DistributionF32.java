package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.softmax.loop.Sizes.MOST;
import static io.github.surprisal.internal.softmax.loop.Sizes.ROOM;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.Rows;
import io.github.surprisal.internal.softmax.driver.ExponentialsStepF32;
import io.github.surprisal.internal.softmax.driver.LogitsF32;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.LogitOptions;
import io.github.surprisal.internal.softmax.loop.ExponentialsKind;
import io.github.surprisal.internal.softmax.loop.ExponentialsOperandsF32;
import io.github.surprisal.internal.softmax.loop.SlicesF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import java.util.Arrays;

/**
 * One distribution of each row of a group, and a block of one row as the terms of a divergence see
 * it. With x the logits, e the exponentials and m the maximum:
 *
 * <pre>
 *   log p_j = -((m - x_j) unit + logRest),  p_j = inverse e_j
 * </pre>
 */
final class DistributionF32 {
  final LogitsF32 logits;
  final ExponentialsStepF32 exponentials;
  final SoftmaxScalars softmax = new SoftmaxScalars();

  /** The block: logits, -infinity where a class is impossible or fills up, and exponentials. */
  final float[] x = new float[MOST];

  final float[] e = new float[MOST];

  private final SoftmaxLoopsF32 loops;
  private final float[] scratch;
  private final ExponentialsOperandsF32 operands = new ExponentialsOperandsF32();

  /** The scalars of the row that is seen. */
  private final SoftmaxScalars ofRow = new SoftmaxScalars(1);

  private RowBatch batch;
  private Rows from;
  private LogitOptions options = LogitOptions.NONE;

  DistributionF32(SoftmaxLoopsF32 loops, boolean simd) {
    this(loops, simd, new LogitsF32(loops), new float[ROOM]);
  }

  private DistributionF32(SoftmaxLoopsF32 loops, boolean simd, LogitsF32 logits, float[] scratch) {
    this.loops = loops;
    this.logits = logits;
    this.scratch = scratch;
    exponentials = new ExponentialsStepF32(loops, logits, simd, scratch);
    operands.rows = 1;
    operands.softmax = ofRow;
    operands.x = new SlicesF32();
    operands.x.set(x, 0);
    operands.e = new SlicesF32();
    operands.e.set(e, 0);
  }

  /** Another distribution of the same logits, whose exponentials are never kept. */
  DistributionF32 ofSameLogits(boolean simd) {
    return new DistributionF32(loops, simd, logits, scratch);
  }

  /** Which call follows; exponentials wait in {@code place}, or if {@code kept} in scratch. */
  void start(RowBatch batch, Rows from, LogitOptions options, Rows place, boolean kept) {
    this.batch = batch;
    this.from = from;
    this.options = options;
    logits.start(batch, from, null, false);
    var kind = ExponentialsKind.of(options.tempered(), false);
    exponentials.start(batch, place, kept, options.temperatureF32, kind);
  }

  /** z over x; that of a teacher of whom probabilities are known is 1. */
  double unit() {
    return options.unit;
  }

  /** -log p_j of element i of the block in double, of row r. */
  double minusLog(int r, int i) {
    return (softmax.max[r] - x[i]) * options.unit + softmax.logRest[r];
  }

  /** Whether the class of element i of the block is possible. */
  boolean isPossible(int i) {
    return x[i] > Float.NEGATIVE_INFINITY;
  }

  /** Sees n classes of row r of the group from class c on, filled up to a multiple of 16. */
  void see(Group group, int r, int c, int n, int padded) {
    int row = group.row[r];
    System.arraycopy(from.arrayF32, from.at(row) + c, x, 0, n);
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(row, c, n, x, 0, Float.NEGATIVE_INFINITY);
    }
    Arrays.fill(x, n, padded, Float.NEGATIVE_INFINITY);
    ofRow.start(0, softmax.max[r], 0);
    operands.scale.temperature = options.temperatureF32;
    operands.n = padded;
    loops.exponentials(ExponentialsKind.of(options.tempered(), false)).run(operands);
  }

  /** Forgets the caller's arrays. */
  void release() {
    logits.release();
    exponentials.release();
    batch = null;
    from = null;
    options = LogitOptions.NONE;
  }
}
