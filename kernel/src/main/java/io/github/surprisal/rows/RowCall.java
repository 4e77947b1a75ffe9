package io.github.surprisal.rows;

import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Access;
import io.github.surprisal.internal.call.Matrices;
import io.github.surprisal.internal.reduction.ColumnTilesF32;
import io.github.surprisal.internal.reduction.RowBatch;

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
    var scratch = RowScratch.ofThread();
    var batch = start(loss, scratch, elements, labels);
    batch.logits.set(logitsF32, logitsF64, 0, batch.classes);
    batch.gradient.set(gradientF32, gradientF64, 0, batch.classes);
    return evaluate(loss, scratch, batch, loss.reduction, null);
  }

  /** Ends a call that was started. */
  static double evaluate(
      RowLoss loss, RowScratch scratch, RowBatch batch, Reduction reduction, LossSum total) {
    try {
      batch.ignoreIndex = loss.ignoreIndex;
      batch.weighClasses(loss.classWeights, loss.weighsAllClasses());
      batch.count();
      var usual = loss.usualDenominator(batch);
      var denominator = Access.ROOT.denominator(loss.reduction, usual);
      if (total != null) {
        Access.ROOT.requireDenominator(total, "loss", denominator);
      }
      int kept = batch.rowsKept();
      double weight = batch.totals.weight().value();
      batch.divideBy(
          Access.ROOT.divisor(reduction, usual, weight, kept, batch.rows),
          Access.ROOT.dividesByWeights(reduction, usual));
      run(loss, RowLoss::run, scratch, batch);
      if (total != null) {
        Access.ROOT.add(total, denominator, batch.totals, kept, batch.rows);
        boolean labelled = batch.labels != null && loss.readsLabels();
        Access.ROOT.addLabels(total, batch.nll, labelled ? kept : 0);
      }
      return batch.totals.reduced(kept);
    } finally {
      batch.clear();
    }
  }

  /** A step over rows, which sees those whose elements are apart in copies. */
  static <T> void run(T owner, RowStep<T> step, RowScratch scratch, RowBatch batch) {
    if (!ColumnTilesF32.needed(batch)) {
      step.run(owner, scratch, batch);
      batch.finish();
    } else if (batch.logits.arrayF32 != null) {
      var tiles = scratch.columnTilesF32();
      try {
        tiles.start(batch);
        while (tiles.next()) {
          step.run(owner, scratch, batch);
          batch.finish();
          tiles.store();
        }
      } finally {
        tiles.release();
      }
    } else {
      var tiles = scratch.columnTilesF64();
      try {
        tiles.start(batch);
        while (tiles.next()) {
          step.run(owner, scratch, batch);
          batch.finish();
          tiles.store();
        }
      } finally {
        tiles.release();
      }
    }
  }

  private static RowBatch start(RowLoss loss, RowScratch scratch, int elements, int[] labels) {
    int rows = labels.length;
    if (rows == 0 ? elements != 0 : elements % rows != 0) {
      throw new IllegalArgumentException(
          "logits.length = %d, expected a multiple of labels.length = %d"
              .formatted(elements, rows));
    }
    var batch = scratch.batch;
    batch.rows = rows;
    batch.classes = rows == 0 ? 0 : elements / rows;
    RowArguments.requireClasses(batch.rows, batch.classes, loss.classWeights);
    batch.labels = labels;
    batch.upstream = 1;
    return batch;
  }

  /** Begins a call; without a gradient or hessian, that is null. */
  static RowBatch start(
      RowLoss loss, RowScratch scratch, Batch from, Matrix gradient, Matrix hessian) {
    loss.check(from);
    var x = from.logits;
    RowArguments.requireClasses(x.rows(), x.columns(), loss.classWeights);
    from.common().requireUpstream(loss.reduction);
    RowArguments.requireOutputs(scratch.memory, from, gradient, hessian);
    var batch = scratch.batch;
    batch.rows = x.rows();
    batch.classes = x.columns();
    Matrices.show(x, batch.logits);
    Matrices.show(from.probabilities, batch.probabilities);
    Matrices.show(gradient, batch.gradient);
    Matrices.show(hessian, batch.hessian);
    if (from.teacher != null) {
      Matrices.show(from.teacher, batch.teacher);
      batch.teacherIndices = from.teacherIndices;
      batch.teacherWidth = from.teacher.columns();
    }
    batch.labels = from.labels;
    var given = from.common();
    batch.mask.set(given.mask, given.maskBits);
    batch.weights.set(given.weightsF32, given.weightsF64);
    batch.upstream = given.upstream;
    batch.upstreams.set(given.upstreamsF32, given.upstreamsF64);
    batch.losses.set(given.lossesF32, given.lossesF64);
    batch.allowed.set(from.allowed, x.columns());
    var statistics = from.statistics;
    batch.statistics = statistics.any();
    batch.logSumExps.set(null, statistics.logSumExp);
    batch.entropies.set(null, statistics.entropy);
    batch.labelProbabilities.set(null, statistics.labelProbability);
    batch.correct = statistics.correct;
    return batch;
  }
}
