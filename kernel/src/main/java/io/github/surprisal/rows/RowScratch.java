package io.github.surprisal.rows;

import io.github.surprisal.Workspace;
import io.github.surprisal.internal.call.Access;
import io.github.surprisal.internal.call.CallMemory;
import io.github.surprisal.internal.call.Fields;
import io.github.surprisal.internal.distillation.DistillationRowsF32;
import io.github.surprisal.internal.distillation.DistillationRowsF64;
import io.github.surprisal.internal.reduction.ColumnTilesF32;
import io.github.surprisal.internal.reduction.ColumnTilesF64;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.scan.LogCumSumExpRows;
import io.github.surprisal.internal.scores.ScoreRowsF32;
import io.github.surprisal.internal.scores.ScoreRowsF64;
import io.github.surprisal.internal.softmax.driver.NegativeLogLikelihoodRows;
import io.github.surprisal.internal.softmax.driver.SoftmaxRowsF32;
import io.github.surprisal.internal.softmax.driver.SoftmaxRowsF64;
import java.lang.reflect.Modifier;

/**
 * What a scratch keeps for losses and functions of rows; what few of them need, from its first use.
 */
final class RowScratch {
  final CallMemory memory = new CallMemory();
  final RowBatch batch = new RowBatch();
  private SoftmaxRowsF32 softmaxF32;
  private SoftmaxRowsF64 softmaxF64;
  private DistillationRowsF32 distillationF32;
  private DistillationRowsF64 distillationF64;
  private NegativeLogLikelihoodRows negativeLogLikelihood;
  private LogCumSumExpRows logCumSumExp;
  private ScoreRowsF32 scoresF32;
  private ScoreRowsF64 scoresF64;
  private ColumnTilesF32 columnTilesF32;
  private ColumnTilesF64 columnTilesF64;

  static RowScratch of(Workspace workspace) {
    return Access.ROOT.scratch(workspace, RowScratch.class, RowScratch::new);
  }

  static RowScratch ofThread() {
    return of(Access.ROOT.ofThread());
  }

  SoftmaxRowsF32 softmaxF32() {
    if (softmaxF32 == null) {
      softmaxF32 = new SoftmaxRowsF32();
    }
    return softmaxF32;
  }

  DistillationRowsF32 distillationF32() {
    if (distillationF32 == null) {
      distillationF32 = new DistillationRowsF32();
    }
    return distillationF32;
  }

  DistillationRowsF64 distillationF64() {
    if (distillationF64 == null) {
      distillationF64 = new DistillationRowsF64();
    }
    return distillationF64;
  }

  SoftmaxRowsF64 softmaxF64() {
    if (softmaxF64 == null) {
      softmaxF64 = new SoftmaxRowsF64();
    }
    return softmaxF64;
  }

  NegativeLogLikelihoodRows negativeLogLikelihood() {
    if (negativeLogLikelihood == null) {
      negativeLogLikelihood = new NegativeLogLikelihoodRows();
    }
    return negativeLogLikelihood;
  }

  LogCumSumExpRows logCumSumExp() {
    if (logCumSumExp == null) {
      logCumSumExp = new LogCumSumExpRows();
    }
    return logCumSumExp;
  }

  ColumnTilesF32 columnTilesF32() {
    if (columnTilesF32 == null) {
      columnTilesF32 = new ColumnTilesF32();
    }
    return columnTilesF32;
  }

  ColumnTilesF64 columnTilesF64() {
    if (columnTilesF64 == null) {
      columnTilesF64 = new ColumnTilesF64();
    }
    return columnTilesF64;
  }

  ScoreRowsF32 scoresF32() {
    if (scoresF32 == null) {
      scoresF32 = new ScoreRowsF32();
    }
    return scoresF32;
  }

  ScoreRowsF64 scoresF64() {
    if (scoresF64 == null) {
      scoresF64 = new ScoreRowsF64();
    }
    return scoresF64;
  }

  @Override
  public String toString() {
    return "rows" + Fields.of(this, field -> !Modifier.isFinal(field.getModifiers())).keySet();
  }
}
