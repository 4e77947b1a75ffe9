package io.github.surprisal;

import io.github.surprisal.reduction.ColumnTilesF32;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;

/** One call of a loss of rows: from its arguments to the reduced loss, in a workspace's batch. */
final class RowCall {
  private RowCall() {}

  /** Rows that touch each other, in arrays of one type; no gradient if there is none to write. */
  static double evaluate(
      RowLoss loss,
      int elements,
      float[] logitsF32,
      double[] logitsF64,
      int[] labels,
      float[] gradientF32,
      double[] gradientF64) {
    var workspace = Workspace.ofThread();
    var batch = start(loss, workspace, elements, labels);
    batch.logits.set(logitsF32, logitsF64, 0, batch.classes);
    batch.gradient.set(gradientF32, gradientF64, 0, batch.classes);
    return evaluate(loss, workspace, batch, loss.reduction, null);
  }

  /** Ends a call that was started. */
  static double evaluate(
      RowLoss loss, Workspace workspace, RowBatch batch, Reduction reduction, LossSum total) {
    try {
      batch.ignoreIndex = loss.ignoreIndex;
      batch.classWeightsF64 = loss.classWeights;
      batch.classWeightsF32 = loss.classWeightsF32;
      batch.count();
      var usual = loss.usualDenominator(batch);
      var denominator = loss.reduction.denominator(usual);
      if (total != null) {
        total.requireDenominator("loss", denominator);
      }
      double divisor = reduction.divisor(usual, batch.weight.value(), batch.rowsKept(), batch.rows);
      boolean nothing = divisor == 0;
      if (nothing && batch.gradient.present()) {
        for (int row = 0; row < batch.rows; row++) {
          batch.gradient.fill(row, batch.classes, 0);
        }
        batch.gradient.clear();
      }
      batch.divideBy(divisor);
      run(loss, workspace, batch);
      if (total != null) {
        total.add(denominator, batch.sum, batch.weight, batch.rowsKept(), batch.rows);
        boolean labelled = batch.labels != null && loss.readsLabels();
        total.addLabels(batch.nll, labelled ? batch.rowsKept() : 0);
      }
      return nothing ? 0 : batch.sum.value() / divisor;
    } finally {
      batch.clear();
    }
  }

  private static void run(RowLoss loss, Workspace workspace, RowBatch batch) {
    if (!ColumnTilesF32.needed(batch)) {
      loss.run(workspace, batch);
    } else if (batch.logits.arrayF32 != null) {
      var tiles = workspace.columnTilesF32();
      tiles.start(batch);
      while (tiles.next()) {
        loss.run(workspace, batch);
        tiles.store();
      }
      tiles.release();
    } else {
      var tiles = workspace.columnTilesF64();
      tiles.start(batch);
      while (tiles.next()) {
        loss.run(workspace, batch);
        tiles.store();
      }
      tiles.release();
    }
  }

  private static RowBatch start(RowLoss loss, Workspace workspace, int elements, int[] labels) {
    loss.checkWithoutTeacher();
    int rows = labels.length;
    if (rows == 0 ? elements != 0 : elements % rows != 0) {
      throw new IllegalArgumentException(
          "logits.length = %d, expected a multiple of labels.length = %d"
              .formatted(elements, rows));
    }
    var batch = workspace.batch;
    batch.rows = rows;
    batch.classes = rows == 0 ? 0 : elements / rows;
    RowArguments.requireClasses(batch.rows, batch.classes, loss.classWeights);
    batch.labels = labels;
    batch.upstream = 1;
    return batch;
  }

  /** Begins a call. */
  static RowBatch start(RowLoss loss, Workspace workspace, Batch from) {
    loss.check(from);
    var x = from.logits;
    RowArguments.requireClasses(x.rows(), x.columns(), loss.classWeights);
    RowArguments.requireColumns("logits", x);
    if (from.probabilities != null) {
      RowArguments.requireColumns("probabilities", from.probabilities);
    }
    from.requireUpstream(loss.reduction);
    var batch = workspace.batch;
    batch.rows = x.rows();
    batch.classes = x.columns();
    set(batch.logits, x);
    if (from.probabilities != null) {
      set(batch.probabilities, from.probabilities);
    }
    if (from.teacher != null) {
      set(batch.teacher, from.teacher);
      batch.teacherIndices = from.teacherIndices;
      batch.teacherWidth = from.teacher.columns();
    }
    batch.labels = from.labels;
    batch.mask = from.mask;
    batch.weights.set(from.weightsF32, from.weightsF64);
    batch.upstream = from.upstream;
    batch.upstreams.set(from.upstreamsF32, from.upstreamsF64);
    batch.losses.set(from.lossesF32, from.lossesF64);
    batch.allowed.set(from.allowed, x.columns());
    var statistics = from.statistics;
    batch.statistics = statistics.any();
    batch.logSumExps.set(null, statistics.logSumExp);
    batch.entropies.set(null, statistics.entropy);
    batch.labelProbabilities.set(null, statistics.labelProbability);
    batch.correct = statistics.correct;
    return batch;
  }

  static void set(Rows rows, Matrix matrix) {
    rows.set(
        matrix.floats(),
        matrix.doubles(),
        matrix.offset(),
        matrix.rowStride(),
        matrix.columnStride());
  }
}
