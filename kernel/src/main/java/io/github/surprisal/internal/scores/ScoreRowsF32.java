package io.github.surprisal.internal.scores;

import io.github.surprisal.internal.lane.Provider;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import java.util.Arrays;

/** Losses of rows of scores that are no losses of a softmax. Holds the scratch memory. */
public final class ScoreRowsF32 {
  private static final int CAPACITY = 64;

  private final MultiMarginF32 multiMargin;
  private final CrammerSingerF32 crammerSinger;
  private final SparsemaxF32 sparsemax;
  private final int[] rows = new int[CAPACITY];
  private final double[] losses = new double[CAPACITY];
  private final double[] nll = new double[CAPACITY];
  private int size;

  /** Allocates the scratch memory. */
  public ScoreRowsF32() {
    this(Provider.SIMD);
  }

  ScoreRowsF32(boolean simd) {
    var block = new ScoreBlockF32(simd ? new ScoreKernelF32() : new ScoreKernelF32Twin());
    multiMargin = new MultiMarginF32(block);
    crammerSinger = new CrammerSingerF32(block);
    sparsemax = new SparsemaxF32(block);
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void multiMargin(RowBatch batch, int p, double margin) {
    run(batch, multiMargin.with(p, margin));
  }

  /** See {@link #multiMargin}. */
  public void crammerSinger(RowBatch batch, double margin) {
    run(batch, crammerSinger.with(margin));
  }

  /** See {@link #multiMargin}. */
  public void sparsemaxLoss(RowBatch batch) {
    run(batch, sparsemax);
  }

  /** The probabilities of every row, where a gradient would go. */
  public void sparsemax(RowBatch batch) {
    for (int row = batch.firstRow; row < batch.rows; row++) {
      if (Double.isNaN(sparsemax.row(batch, row, -1, 1))) {
        batch.gradient.fill(row, batch.classes, Double.NaN);
      }
    }
  }

  /** The gradient, from the probabilities as logits and the upstream gradient as probabilities. */
  public void sparsemaxBackward(RowBatch batch) {
    for (int row = batch.firstRow; row < batch.rows; row++) {
      sparsemax.backward(batch, row);
    }
  }

  private void run(RowBatch batch, ScoreFormulaF32 formula) {
    size = 0;
    for (int row = batch.firstRow; row < batch.rows; row++) {
      if (batch.kept(row)) {
        add(batch, row, formula);
      } else {
        batch.skip(row);
      }
    }
    flush(batch);
    batch.total(false);
  }

  private void add(RowBatch batch, int row, ScoreFormulaF32 formula) {
    int label = batch.labels[row];
    double weight = batch.classWeightsF64 == null ? 1 : batch.classWeightsF64[label];
    double slope = batch.scale(row) * weight;
    double value = formula.row(batch, row, label, slope);
    if (batch.gradient.present()) {
      if (Double.isNaN(value) || Double.isNaN(slope)) {
        batch.gradient.fill(row, batch.classes, Double.NaN);
      } else if (slope == 0) {
        batch.gradient.fill(row, batch.classes, 0);
      }
    }
    if (size == CAPACITY) {
      flush(batch);
    }
    rows[size] = row;
    losses[size++] = RowTerms.product(weight, value);
  }

  /** These losses say nothing about a likelihood. */
  private void flush(RowBatch batch) {
    Arrays.fill(nll, 0, size, Double.NaN);
    batch.add(rows, losses, nll, size);
    size = 0;
  }
}
