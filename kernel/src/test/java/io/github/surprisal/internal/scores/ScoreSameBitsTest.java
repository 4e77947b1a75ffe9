package io.github.surprisal.internal.scores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.surprisal.internal.reduction.RowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector passes over scores against their scalar twins, bit by bit. */
class ScoreSameBitsTest {
  private static final int ROWS = 3;

  private static final List<BiConsumer<ScoreRowsF32, RowBatch>> LOSSES =
      List.of(
          (rows, batch) -> rows.multiMargin(batch, 1, 0.3),
          (rows, batch) -> rows.multiMargin(batch, 2, 0.3),
          (rows, batch) -> rows.crammerSinger(batch, 0.3),
          ScoreRowsF32::sparsemaxLoss,
          ScoreRowsF32::sparsemax,
          ScoreRowsF32::sparsemaxBackward);

  private static float[] run(
      ScoreRowsF32 rows, BiConsumer<ScoreRowsF32, RowBatch> loss, float[] z, int classes) {
    var batch = new RowBatch();
    float[] gradient = Arrays.copyOf(z, z.length + ROWS);
    float[] losses = new float[ROWS];
    batch.rows = ROWS;
    batch.classes = classes;
    batch.upstream = 0.7;
    batch.logits.set(z, null, 0, classes);
    batch.probabilities.set(z, null, 0, classes);
    batch.gradient.set(gradient, null, 0, classes);
    batch.losses.set(losses, null);
    batch.labels = new int[] {0, classes / 2, classes - 1};
    batch.divideBy(3, false);
    loss.accept(rows, batch);
    System.arraycopy(losses, 0, gradient, z.length, ROWS);
    return gradient;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 15, 16, 17, 33, 100, 2047, 2048, 2049, 5000})
  void passesAgreeWithTheirTwins(int classes) {
    var random = new SplittableRandom(classes);
    float[] z = new float[ROWS * classes];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-2, 2);
    }
    z[z.length / 2] = Float.NEGATIVE_INFINITY;
    for (var loss : LOSSES) {
      float[] vector = run(new ScoreRowsF32(true), loss, z, classes);
      assertArrayEquals(vector, run(new ScoreRowsF32(false), loss, z, classes));
    }
  }
}
