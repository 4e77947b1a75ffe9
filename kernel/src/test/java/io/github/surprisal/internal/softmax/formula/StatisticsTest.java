package io.github.surprisal.internal.softmax.formula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import org.junit.jupiter.api.Test;

/** Statistics of rows whose scalars are known. */
class StatisticsTest {
  private static final double NO = Double.NEGATIVE_INFINITY;

  /** Whether the label is the first of the largest logits, among classes of the bits. */
  private static boolean correct(int label, long allowed, double... logits) {
    var batch = new RowBatch();
    batch.rows = 2;
    batch.classes = logits.length;
    double[] twice = new double[2 * logits.length];
    System.arraycopy(logits, 0, twice, logits.length, logits.length);
    batch.given.logits.set(null, twice, 0, logits.length);
    batch.given.allowed.set(allowed == -1 ? null : new long[] {allowed}, logits.length);
    batch.results.correct = new boolean[] {true, true};
    var group = new Group();
    group.add(1, label);
    Statistics.correct(batch, group);
    assertTrue(batch.results.correct[0], "a row that is not in the group");
    return batch.results.correct[1];
  }

  @Test
  void theFirstOfTheLargestIsCorrect() {
    for (int label = -1; label < 3; label++) {
      assertEquals(label == 0, correct(label, -1, 3, 1, 2));
      assertEquals(label == 1, correct(label, -1, 1, 3, 2));
      assertEquals(label == 2, correct(label, -1, 1, 2, 3));
      assertEquals(label == 0, correct(label, -1, 3, 3, 3));
      assertEquals(label == 1, correct(label, -1, 1, 3, 3));
    }
  }

  @Test
  void classesThatARowMayNotHaveDoNotCompete() {
    for (int label = 0; label < 3; label++) {
      assertEquals(label == 2, correct(label, 0b110, 5, 1, 2));
      assertEquals(label == 1, correct(label, 0b010, 5, 1, 2));
      assertEquals(label == 1, correct(label, 0b110, 2, 2, 2));
    }
  }

  @Test
  void anImpossibleLabelIsNotCorrect() {
    assertEquals(false, correct(0, -1, NO, NO));
    assertEquals(true, correct(1, -1, NO, -1e300));
  }

  @Test
  void numbersOfEachRow() {
    var batch = new RowBatch();
    batch.rows = 4;
    batch.classes = 3;
    double[] logSums = new double[4];
    double[] entropies = new double[4];
    double[] probabilities = new double[4];
    batch.results.logSumExps.set(null, logSums);
    batch.results.entropies.set(null, entropies);
    batch.results.labelProbabilities.set(null, probabilities);
    batch.results.correct = new boolean[] {true, true, true, true};
    var group = new Group();
    group.add(3, 0);
    group.add(1, -1);
    group.add(0, 2);
    Statistics.store(batch, group, scalars(), 2);
    assertArrayEquals(new double[] {Double.NaN, 9.5, 0, 20.75}, logSums);
    assertArrayEquals(new double[] {Double.NaN, 3.5, 0, 1.25}, entropies);
    assertArrayEquals(new double[] {Double.NaN, Double.NaN, 0, 0.375}, probabilities);
    assertArrayEquals(new boolean[] {false, true, true, true}, batch.results.correct);
  }

  /** The third row has no softmax. */
  private static SoftmaxScalars scalars() {
    var s = new SoftmaxScalars();
    s.max[0] = 10;
    s.logRest[0] = 0.75;
    s.inverse[0] = 0.5;
    s.second[0] = 0.5;
    s.labelExp[0] = 0.75;
    s.max[1] = 4;
    s.logRest[1] = 1.5;
    s.inverse[1] = 0.25;
    s.second[1] = 4;
    s.max[2] = Double.POSITIVE_INFINITY;
    s.logRest[2] = Double.NaN;
    s.inverse[2] = Double.NaN;
    s.labelExp[2] = 1;
    return s;
  }

  @Test
  void onlyWhatIsAskedFor() {
    var batch = new RowBatch();
    batch.rows = 4;
    batch.classes = 3;
    var group = new Group();
    group.add(0, 0);
    Statistics.store(batch, group, scalars(), 2);
    double[] entropies = new double[4];
    batch.results.entropies.set(null, entropies);
    Statistics.store(batch, group, scalars(), 2);
    assertArrayEquals(new double[] {1.25, 0, 0, 0}, entropies);
  }

  @Test
  void theFirstClassIsALabel() {
    var batch = new RowBatch();
    batch.rows = 1;
    float[] probabilities = new float[1];
    batch.results.labelProbabilities.set(probabilities, null);
    var group = new Group();
    group.add(0, 0);
    Statistics.store(batch, group, scalars(), 1);
    assertArrayEquals(new float[] {0.375f}, probabilities);
  }
}
