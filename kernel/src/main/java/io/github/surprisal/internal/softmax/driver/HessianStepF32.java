package io.github.surprisal.internal.softmax.driver;

import static io.github.surprisal.internal.softmax.loop.Sizes.LANES;
import static io.github.surprisal.internal.softmax.loop.Sizes.ROWS;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.loop.HessianOperandsF32;
import io.github.surprisal.internal.softmax.loop.SlicesF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/** Second derivatives of a block, factor A p (1 - p): those of the largest without subtraction. */
final class HessianStepF32 {
  private final Loop<HessianOperandsF32> loop;
  private final HessianOperandsF32 operands = new HessianOperandsF32();
  private final SlicesF32 rows = new SlicesF32();
  private final SlicesF32 shortRows = new SlicesF32();

  HessianStepF32(Loop<HessianOperandsF32> loop) {
    this.loop = loop;
  }

  void block(
      RowBatch batch,
      Group group,
      SoftmaxScalars s,
      GradientScalars out,
      SlicesF32 e,
      int c,
      int n) {
    boolean few = n < LANES;
    if (few && shortRows.array == null) {
      shortRows.set(new float[ROWS * LANES], LANES);
    }
    rows.set(batch.hessian, group.row);
    rows.from = c;
    operands.e = e;
    operands.h = few ? shortRows : rows;
    operands.rows = group.size;
    operands.n = Math.max(n, LANES);
    for (int r = 0; r < group.size; r++) {
      double factor = batch.hessianFactor * out.curvature[r];
      operands.floor[r] = (float) floor(batch, group.row[r]);
      operands.inverse[r] = (float) s.inverse[r];
      operands.factor[r] = (float) factor;
      operands.maxExp[r] = (float) s.maxExp[r];
      operands.ofMax[r] =
          (float) (factor * (s.maxExp[r] * s.inverse[r]) * (s.rest[r] * s.inverse[r]));
    }
    loop.run(operands);
    for (int r = 0; r < group.size; r++) {
      if (few) {
        System.arraycopy(shortRows.array, shortRows.at(r), rows.array, rows.at(r), n);
      }
      if (batch.allowed.present() && !Double.isNaN(out.curvature[r] * s.inverse[r])) {
        batch.allowed.fillOthers(group.row[r], c, n, rows.array, rows.at(r), 0);
      }
    }
  }

  /** The least result of a row, over what its factors are over. */
  private static double floor(RowBatch batch, int row) {
    return Math.scalb(batch.hessianFloor, -batch.scaleExponent(row));
  }

  /** Forgets the caller's arrays. */
  void release() {
    rows.release();
  }
}
