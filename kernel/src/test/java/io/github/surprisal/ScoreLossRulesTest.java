package io.github.surprisal;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.LabelLoss;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.RowStatistics;
import io.github.surprisal.rows.Sparsemax;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules and special cases that the documentation of losses of scores lists. */
class ScoreLossRulesTest {
  static final MultiMargin HINGE = MultiMargin.builder().build();
  static final MultiMargin SQUARED = MultiMargin.builder().p(2).build();
  static final CrammerSinger WORST = CrammerSinger.builder().build();
  static final SparsemaxLoss SPARSE = SparsemaxLoss.builder().build();
  static final List<LabelLoss> ALL = List.of(HINGE, SQUARED, WORST, SPARSE);

  private static double[] of(double... values) {
    return values;
  }

  /** Of one row with label 0. */
  private static void assertGives(LabelLoss loss, double[] z, double value, double... gradient) {
    double[] g = new double[z.length];
    assertEquals(value, loss.lossAndGradient(z, new int[1], g), 1e-15);
    assertArrayEquals(gradient, g, 1e-15);
    float[] gF32 = new float[z.length];
    float[] zF32 = CrossEntropyCase.toFloats(z);
    assertEquals((float) value, (float) loss.lossAndGradient(zF32, new int[1], gF32), 1e-6f);
    assertArrayEquals(CrossEntropyCase.toFloats(gradient), gF32, 1e-6f);
  }

  @Test
  void theirFormulas() {
    double[] z = {0.5, 0, -0.25, 1};
    assertGives(HINGE, z, (0.5 + 0.25 + 1.5) / 4, -0.75, 0.25, 0.25, 0.25);
    double squares = 0.25 + 0.0625 + 2.25;
    assertGives(SQUARED, z, squares / 4, -4.5 / 4, 0.25, 0.125, 0.75);
    assertGives(WORST, z, 1.5, -1, 0, 0, 1);
    // tau = (1 + 0.5 - 1) / 2
    assertGives(SPARSE, z, (1 + 0.25 - 0.125 + 1) / 2 - 0.5, 0.25 - 1, 0, 0, 0.75);
  }

  @Test
  void anImpossibleClassCostsNothing() {
    double[] z = {0, NEGATIVE_INFINITY, -0.5};
    assertGives(HINGE, z, 0.5 / 3, -1.0 / 3, 0, 1.0 / 3);
    assertGives(SQUARED, z, 0.25 / 3, -1.0 / 3, 0, 1.0 / 3);
    assertGives(WORST, z, 0.5, -1, 0, 1);
    assertGives(SPARSE, z, 0.0625, -0.25, 0, 0.25);
    for (LabelLoss loss : ALL) {
      double[] expected = new double[3];
      double[] gradient = {5, 5, 5};
      double value = loss.lossAndGradient(z, new int[1], expected);
      var batch = Batch.of(Matrix.of(of(0, NaN, -0.5), 1, 3), new int[1]).allowed(new long[] {5});
      assertEquals(value, loss.lossAndGradient(batch, Matrix.of(gradient, 1, 3)));
      assertArrayEquals(expected, gradient);
      var upstream = batch.upstream(-1);
      loss.lossAndGradient(upstream, Matrix.of(gradient, 1, 3));
      assertEquals(0L, Double.doubleToRawLongBits(gradient[1]), "+0");
    }
  }

  @Test
  void anImpossibleLabel() {
    double[] z = {NEGATIVE_INFINITY, 0, 1};
    double third = 1.0 / 3;
    assertGives(HINGE, z, POSITIVE_INFINITY, -2 * third, third, third);
    double inf = POSITIVE_INFINITY;
    assertGives(SQUARED, z, inf, -inf, inf, inf);
    assertGives(WORST, z, inf, -1, 0, 1);
    assertGives(SPARSE, z, inf, -1, 0, 1);
    for (LabelLoss loss : ALL) {
      double[] gradient = {5, 5, 5};
      var batch = Batch.of(Matrix.of(of(0, 0, 1), 1, 3), new int[1]).allowed(new long[] {6});
      assertEquals(inf, loss.lossAndGradient(batch, Matrix.of(gradient, 1, 3)));
      assertEquals(0L, Double.doubleToRawLongBits(gradient[0]), "+0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 3000})
  void aRowWithoutAMaximumIsNaN(int classes) {
    for (LabelLoss loss : ALL) {
      for (double special : of(NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN)) {
        for (int label : new int[] {0, classes - 1}) {
          double[] z = new double[3 * classes];
          if (special == NEGATIVE_INFINITY) {
            Arrays.fill(z, classes, 2 * classes, special);
          } else {
            z[2 * classes - 1] = special;
          }
          double[] gradient = new double[3 * classes];
          double[] losses = new double[3];
          int[] labels = {0, label, 0};
          var batch = Batch.of(Matrix.of(z, 3, classes), labels).losses(losses);
          loss.lossAndGradient(batch, Matrix.of(gradient, 3, classes));
          assertTrue(!Double.isNaN(losses[0]) && Double.isNaN(losses[1]) && losses[2] >= 0);
          for (int i = 0; i < 3 * classes; i++) {
            assertEquals(i / classes == 1, Double.isNaN(gradient[i]), loss + " " + i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void maskedRowsAreNotRead(int classes) {
    for (LabelLoss loss : ALL) {
      double[] z = new double[4 * classes];
      Arrays.fill(z, 0, 3 * classes, NaN);
      double[] gradient = new double[4 * classes];
      Arrays.fill(gradient, 5);
      double[] losses = {5, 5, 5, 5};
      var sum = new LossSum();
      var batch =
          Batch.of(Matrix.of(z, 4, classes), new int[] {-100, 1, 2, 0})
              .weights(of(1, 0, 1, 1))
              .mask(new boolean[] {true, true, false, true})
              .losses(losses)
              .sum(sum);
      double mean = loss.lossAndGradient(batch, Matrix.of(gradient, 4, classes));
      assertEquals(loss.loss(new double[classes], new int[1]), mean);
      assertArrayEquals(of(0, 0, 0, mean), losses);
      for (int i = 0; i < 3 * classes; i++) {
        assertEquals(0L, Double.doubleToRawLongBits(gradient[i]), "+0 at " + i);
      }
      assertEquals(1, sum.rowsKept());
      assertTrue(Double.isNaN(sum.perplexity()));
      assertEquals(mean, sum.mean());
    }
  }

  @Test
  void oneClassCostsNothing() {
    for (LabelLoss loss : ALL) {
      assertGives(loss, of(-1e30), 0, 0);
    }
  }

  @Test
  void aMarginKeptExactlyCostsNothing() {
    float y = 3;
    for (LabelLoss loss : List.of(HINGE, SQUARED, WORST)) {
      float[] g = new float[2];
      assertEquals(0, loss.lossAndGradient(new float[] {y, 2}, new int[1], g));
      assertArrayEquals(new float[2], g);
    }
    // A margin is a number of the type of the scores.
    var hinge = MultiMargin.builder().margin(0.1).build();
    float[] g = new float[2];
    hinge.lossAndGradient(new float[] {0.1f, 0}, new int[1], g);
    assertArrayEquals(new float[2], g);
    hinge.lossAndGradient(new float[] {Math.nextDown(0.1f), 0}, new int[1], g);
    assertArrayEquals(new float[] {-0.5f, 0.5f}, g);
    double[] wide = new double[2];
    hinge.lossAndGradient(new double[] {0.1, 0}, new int[1], wide);
    assertArrayEquals(new double[2], wide);
    hinge.lossAndGradient(new double[] {Math.nextDown(0.1), 0}, new int[1], wide);
    assertArrayEquals(new double[] {-0.5, 0.5}, wide);
  }

  @Test
  void sparsemaxIsZeroFromALeadOfOneOn() {
    assertGives(SPARSE, of(1, 0, 0), 0, 0, 0, 0);
    assertGives(SPARSE, of(3, -5), 0, 0, 0);
    double[] p = new double[4];
    new Sparsemax().forward(of(2, 1, 2, 0.999), 4, p);
    assertArrayEquals(of(0.5, 0, 0.5, 0), p);
    new Sparsemax().forward(of(7, 7, 7, 7), 4, p);
    assertArrayEquals(of(0.25, 0.25, 0.25, 0.25), p);
  }

  @Test
  void largeFiniteScoresStayFinite() {
    double big = Double.MAX_VALUE / 4;
    double[] many = new double[5000];
    Arrays.fill(many, big);
    many[0] = -big;
    double[] g = new double[5000];
    assertEquals(2 * big / 5000 * 4999, HINGE.lossAndGradient(many, new int[1], g), big * 1e-12);
    assertEquals(-4999.0 / 5000, g[0], 1e-15);
    assertEquals(2 * big, WORST.lossAndGradient(many, new int[1], g));
    assertEquals(2 * big, SPARSE.lossAndGradient(many, new int[1], g));
    assertEquals(-1, g[0]);
    float[] floats = {-1e30f, 1e30f};
    float[] gF32 = new float[2];
    assertEquals(2e60, SQUARED.lossAndGradient(floats, new int[1], gF32), 1e54);
    assertArrayEquals(new float[] {-2e30f, 2e30f}, gF32);
  }

  @Test
  void aClassWeightOfZeroTimesInfinityIsZero() {
    double[] z = {NEGATIVE_INFINITY, 0};
    double[] g = new double[2];
    var squared = MultiMargin.builder().p(2).classWeights(0, 1).build();
    assertEquals(0, squared.lossAndGradient(z, new int[1], g));
    assertArrayEquals(new double[2], g);
    var sparse = SparsemaxLoss.builder().classWeights(0, 1).reduction(Reduction.SUM).build();
    assertEquals(0, sparse.loss(z, new int[1]));
  }

  @Test
  void denominators() {
    double[] z = {0, 0, 0, 0};
    int[] labels = {0, 1};
    double[] w = {1, 3};
    // Row losses 1/2 and 3/2, 1 and 3, 1/4 and 3/4.
    assertEquals(1, MultiMargin.builder().classWeights(w).build().loss(z, labels));
    assertEquals(2, CrammerSinger.builder().classWeights(w).build().loss(z, labels));
    assertEquals(0.25, SparsemaxLoss.builder().classWeights(w).build().loss(z, labels));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 33, 2048, 2049, 5000})
  void inPlaceAndWhateverTheOtherRows(int classes) {
    var c = new CrossEntropyCase(classes, Regime.NORMAL, 70, classes);
    for (boolean p2 : new boolean[] {false, true}) {
      for (LabelLoss.Builder<?> builder :
          List.of(
              MultiMargin.builder().p(p2 ? 2 : 1),
              CrammerSinger.builder(),
              SparsemaxLoss.builder())) {
        var loss =
            (LabelLoss)
                new ScoreLossOracleTest.Pair(builder.reduction(Reduction.NONE), null).loss(null);
        float[] z = CrossEntropyCase.toFloats(c.logits);
        float[] alone = Arrays.copyOfRange(z, classes, 2 * classes);
        float[] apart = new float[z.length];
        assertEquals(loss.lossAndGradient(z, c.labels, apart), loss.loss(z, c.labels));
        loss.lossAndGradient(z, c.labels, z);
        assertArrayEquals(apart, z);
        float[] gradient = new float[classes];
        loss.lossAndGradient(alone, new int[] {c.labels[1]}, gradient);
        assertArrayEquals(Arrays.copyOfRange(apart, classes, 2 * classes), gradient);
      }
    }
  }

  @Test
  void arguments() {
    var logits = Matrix.of(new float[6], 2, 3);
    var labels = new int[2];
    for (LabelLoss loss : ALL) {
      var e =
          assertThrows(IllegalArgumentException.class, () -> loss.loss(Batch.of(logits, logits)));
      assertEquals("targets are probabilities, expected labels", e.getMessage());
      var statistics = RowStatistics.none().entropy(new double[2]);
      var batch = Batch.of(logits, labels).statistics(statistics);
      e = assertThrows(IllegalArgumentException.class, () -> loss.loss(batch));
      assertEquals("statistics are given, expected none without a softmax", e.getMessage());
    }
    var e = assertThrows(IllegalArgumentException.class, () -> MultiMargin.builder().p(3));
    assertEquals("p = 3, expected 1 or 2", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> CrammerSinger.builder().margin(-1));
    assertEquals("margin = -1.0, expected 0 <= margin < infinity", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> MultiMargin.builder().margin(NaN));
  }
}
