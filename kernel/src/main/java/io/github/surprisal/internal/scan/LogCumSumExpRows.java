package io.github.surprisal.internal.scan;

import static io.github.surprisal.internal.scan.PrefixSums.BLOCK;
import static io.github.surprisal.internal.scan.PrefixSums.STATE;

import io.github.surprisal.internal.reduction.DoubleDouble;
import io.github.surprisal.internal.reduction.Indices;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.Rows;

/**
 * Logarithms of cumulative sums of exponentials, in double for either type, a block at a time.
 *
 * <p>The gradient needs every prefix sum S_i, from the last to the first:
 *
 * <pre>
 *   gradient_j = exp(x_j) sum over i >= j of u_i / S_i
 * </pre>
 *
 * They are computed again, a block at a time, from states that were saved on the way forward: of
 * every block in a span of 1024 blocks, and of every span in a row longer than that. All in one
 * scale for neighbours, so that neither a factor nor a quotient leaves the range of the type.
 */
public final class LogCumSumExpRows {
  private static final int SPAN_BLOCKS = 1024;
  private static final int SPAN = SPAN_BLOCKS * BLOCK;

  private final PrefixSums sums = new PrefixSums();
  private final double[] blockStates = new double[SPAN_BLOCKS * STATE];
  private double[] spanStates = new double[STATE];
  private double suffix;
  private double lost;

  /** Allocates the scratch memory. */
  public LogCumSumExpRows() {}

  /** From the logits of a batch to its gradient's memory. */
  public void forward(RowBatch batch) {
    for (int row = batch.firstRow; row < batch.rows; row++) {
      sums.start();
      for (int first = 0;
          first < batch.classes;
          first = Indices.next(first, BLOCK, batch.classes)) {
        int n = addBlock(batch, row, first);
        sums.logarithms(n);
        store(batch.gradient, row, first, n);
      }
    }
  }

  /** From the logits of a batch and the upstream gradient, in its probabilities. */
  public void backward(RowBatch batch) {
    for (int row = batch.firstRow; row < batch.rows; row++) {
      saveSpans(batch, row);
      suffix = 0;
      lost = 0;
      for (int first = (batch.classes - 1) / SPAN * SPAN; first >= 0; first -= SPAN) {
        sums.load(spanStates, first / SPAN * STATE);
        backward(batch, row, first, Math.min(SPAN, batch.classes - first));
      }
    }
  }

  /** The state before every span; the last span is not summed. */
  private void saveSpans(RowBatch batch, int row) {
    int spans = (batch.classes - 1) / SPAN + 1;
    if (spanStates.length < spans * STATE) {
      spanStates = new double[spans * STATE];
    }
    sums.start();
    sums.save(spanStates, 0);
    for (int first = 0; first < (spans - 1) * SPAN; first += BLOCK) {
      addBlock(batch, row, first);
      int after = first + BLOCK;
      if (after % SPAN == 0) {
        sums.save(spanStates, after / SPAN * STATE);
      }
    }
  }

  /** A span, whose state is loaded. */
  private void backward(RowBatch batch, int row, int from, int n) {
    int last = (n - 1) / BLOCK;
    for (int block = 0; block < last; block++) {
      sums.save(blockStates, block * STATE);
      addBlock(batch, row, from + block * BLOCK);
    }
    sums.save(blockStates, last * STATE);
    for (int block = last; block >= 0; block--) {
      sums.load(blockStates, block * STATE);
      int first = from + block * BLOCK;
      int length = addBlock(batch, row, first);
      load(batch.probabilities, row, first, length, sums.y);
      sums.quotients(length);
      addBackward(length);
      store(batch.gradient, row, first, length);
    }
  }

  /** From u_i / S_i, backwards, to the gradient; the scale may change on the way. */
  private void addBackward(int n) {
    int changes = sums.changes;
    for (int to = n; to > 0; ) {
      int from = changes == 0 ? 0 : sums.change[changes - 1];
      addBackward(from, to);
      if (changes > 0) {
        suffix *= sums.ratio[--changes];
        lost *= sums.ratio[changes];
      }
      to = from;
    }
  }

  private void addBackward(int from, int to) {
    double[] buffer = sums.y;
    double w = suffix;
    double l = lost;
    for (int i = to - 1; i >= from; i--) {
      double a = buffer[i];
      double s = w + a;
      l += DoubleDouble.lost(w, a, s);
      w = s;
      buffer[i] = sums.e[i] * (w + l);
    }
    suffix = w;
    lost = l;
  }

  private int addBlock(RowBatch batch, int row, int first) {
    int n = Math.min(BLOCK, batch.classes - first);
    load(batch.logits, row, first, n, sums.x);
    sums.add(n);
    return n;
  }

  private static void load(Rows rows, int row, int first, int n, double[] to) {
    int at = rows.at(row) + first;
    if (rows.arrayF32 == null) {
      System.arraycopy(rows.arrayF64, at, to, 0, n);
      return;
    }
    float[] from = rows.arrayF32;
    for (int i = 0; i < n; i++) {
      to[i] = from[at + i];
    }
  }

  private void store(Rows rows, int row, int first, int n) {
    int at = rows.at(row) + first;
    if (rows.arrayF32 == null) {
      System.arraycopy(sums.y, 0, rows.arrayF64, at, n);
      return;
    }
    float[] to = rows.arrayF32;
    for (int i = 0; i < n; i++) {
      to[at + i] = (float) sums.y[i];
    }
  }
}
