package io.github.surprisal.internal.softmax.driver;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.loop.RowMapKind;
import io.github.surprisal.internal.softmax.loop.RowMapOperandsF32;
import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import io.github.surprisal.internal.softmax.loop.SumKind;
import io.github.surprisal.internal.softmax.loop.SumOperandsF32;

/** What functions of rows need beyond a softmax. */
final class RowFunctionsF32 {
  private final SoftmaxLoopsF32 loops;
  private final RowMapOperandsF32 map = new RowMapOperandsF32();
  private final SumOperandsF32 sum = new SumOperandsF32();

  RowFunctionsF32(SoftmaxLoopsF32 loops) {
    this.loops = loops;
  }

  /** log p_j = (x_j - m) unit - logRest, two terms of one sign. */
  void logProbabilities(RowBatch batch, double unit, Group group, SoftmaxScalars s) {
    map.a = (float) unit;
    map.x = map.y = batch.logits.arrayF32;
    map.to = batch.logProbabilities.arrayF32;
    map.n = batch.classes;
    Loop<RowMapOperandsF32> loop = loops.map(RowMapKind.LOG_PROBABILITIES);
    for (int r = 0; r < group.size; r++) {
      map.xAt = map.yAt = batch.logits.at(group.row[r]);
      map.toAt = batch.logProbabilities.at(group.row[r]);
      map.b = (float) s.max[r];
      map.c = (float) s.logRest[r];
      loop.run(map);
    }
  }

  /**
   * From probabilities p (where logits lie otherwise) and an upstream gradient u (where target
   * probabilities do) to the gradient by the logits:
   *
   * <pre>
   *   scale p_j (u_j - sum of p_i u_i)
   * </pre>
   */
  void backward(RowBatch batch, float scale) {
    map.a = scale;
    map.x = sum.x = batch.logits.arrayF32;
    map.y = sum.y = batch.probabilities.arrayF32;
    map.to = batch.gradient.arrayF32;
    map.n = batch.classes;
    Loop<SumOperandsF32> products = loops.sum(SumKind.PRODUCTS);
    Loop<RowMapOperandsF32> loop = loops.map(RowMapKind.BACKWARD);
    for (int row = batch.firstRow; row < batch.rows; row++) {
      map.xAt = batch.logits.at(row);
      map.yAt = batch.probabilities.at(row);
      map.toAt = batch.gradient.at(row);
      sum.first = 0;
      sum.second = 0;
      for (int c = 0; c < batch.classes; c += sum.n) {
        sum.n = Sizes.block(c, batch.classes);
        sum.xAt = map.xAt + c;
        sum.yAt = map.yAt + c;
        products.run(sum);
      }
      map.b = (float) sum.first;
      loop.run(map);
    }
  }

  /** Forgets the caller's arrays. */
  void release() {
    map.release();
    sum.release();
  }
}
