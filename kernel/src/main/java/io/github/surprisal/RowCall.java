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
      batch.weighClasses(loss.classWeights, loss.weighsAllClasses());
      batch.count();
      var usual = loss.usualDenominator(batch);
      var denominator = loss.reduction.denominator(usual);
      if (total != null) {
        total.requireDenominator("loss", denominator);
      }
      int kept = batch.rowsKept();
      double weight = batch.totals.weight().value();
      batch.divideBy(
          reduction.divisor(usual, weight, kept, batch.rows), reduction.dividesByWeights(usual));
      run(loss, RowLoss::run, workspace, batch);
      if (total != null) {
        total.add(denominator, batch.totals, kept, batch.rows);
        boolean labelled = batch.labels != null && loss.readsLabels();
        total.addLabels(batch.nll, labelled ? kept : 0);
      }
      return batch.totals.reduced(kept);
    } finally {
      batch.clear();
    }
  }

  /** A step over rows, which sees those whose elements are apart in copies. */
  static <T> void run(T owner, RowStep<T> step, Workspace workspace, RowBatch batch) {
    if (!ColumnTilesF32.needed(batch)) {
      step.run(owner, workspace, batch);
      batch.finish();
    } else if (batch.logits.arrayF32 != null) {
      var tiles = workspace.columnTilesF32();
      try {
        tiles.start(batch);
        while (tiles.next()) {
          step.run(owner, workspace, batch);
          batch.finish();
          tiles.store();
        }
      } finally {
        tiles.release();
      }
    } else {
      var tiles = workspace.columnTilesF64();
      try {
        tiles.start(batch);
        while (tiles.next()) {
          step.run(owner, workspace, batch);
          batch.finish();
          tiles.store();
        }
      } finally {
        tiles.release();
      }
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

  /** Begins a call; without a gradient or hessian, that is null. */
  static RowBatch start(
      RowLoss loss, Workspace workspace, Batch from, Matrix gradient, Matrix hessian) {
    loss.check(from);
    var x = from.logits;
    RowArguments.requireClasses(x.rows(), x.columns(), loss.classWeights);
    from.requireUpstream(loss.reduction);
    RowArguments.requireOutputs(workspace.memory, from, gradient, hessian);
    var batch = workspace.batch;
    batch.rows = x.rows();
    batch.classes = x.columns();
    set(batch.logits, x);
    set(batch.probabilities, from.probabilities);
    set(batch.gradient, gradient);
    set(batch.hessian, hessian);
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

  /** Points at a matrix, or at nothing if it is null. */
  static void set(Rows rows, Matrix matrix) {
    if (matrix != null) {
      matrix.show(rows);
    }
  }
}
