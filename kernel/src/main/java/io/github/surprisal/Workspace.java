package io.github.surprisal;

import io.github.surprisal.distillation.DistillationRowsF32;
import io.github.surprisal.distillation.DistillationRowsF64;
import io.github.surprisal.pointwise.PointwiseBlocks;
import io.github.surprisal.reduction.ColumnTilesF32;
import io.github.surprisal.reduction.ColumnTilesF64;
import io.github.surprisal.reduction.ElementBatch;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.scan.LogCumSumExpRows;
import io.github.surprisal.scores.ScoreRowsF32;
import io.github.surprisal.scores.ScoreRowsF64;
import io.github.surprisal.softmax.driver.NegativeLogLikelihoodRows;
import io.github.surprisal.softmax.driver.SoftmaxRowsF32;
import io.github.surprisal.softmax.driver.SoftmaxRowsF64;
import java.lang.reflect.Modifier;

/**
 * Scratch memory of one call at a time: at most 2.4 MB, when every loss has been called in both
 * types, whatever the size of the batch; and one row of each matrix of more than 2048 classes that
 * is not in row-major order, and a bit for each class where the most likely classes of a teacher
 * are checked. Without one, a call uses its thread's own. Hold one where threads come and go, as
 * virtual threads do.
 *
 * <p>Not thread-safe.
 */
public final class Workspace {
  private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

  final RowBatch batch = new RowBatch();
  final CallMemory memory = new CallMemory();
  final ElementBatch elements = new ElementBatch();
  final PointwiseBlocks pointwise = new PointwiseBlocks();
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

  /** Scratch memory for one thread at a time. */
  public Workspace() {}

  static Workspace ofThread() {
    return OF_THREAD.get();
  }

  /** The scratch memory that it has so far, besides that of every call. */
  @Override
  public String toString() {
    var scratch = Fields.of(this, field -> !Modifier.isFinal(field.getModifiers()));
    return "Workspace" + scratch.keySet();
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
}
