package io.github.surprisal;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.DistillationCase.Regime;
import io.github.surprisal.reference.Divergence;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.RowLoss;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The special cases that the documentation of {@link Distillation} lists, and the common rules. */
class DistillationRulesTest {
  private static final Distillation FORWARD = Distillation.builder().build();
  private static final Distillation REVERSE =
      Distillation.builder()
          .divergence(new io.github.surprisal.rows.Divergence.ReverseKl())
          .build();
  private static final List<Distillation> ALL =
      List.of(
          FORWARD,
          REVERSE,
          Distillation.builder()
              .divergence(new io.github.surprisal.rows.Divergence.JensenShannon(0.5))
              .build(),
          Distillation.builder()
              .divergence(new io.github.surprisal.rows.Divergence.TotalVariation())
              .build());

  /** Zeros, the first of which are given. */
  private static double[] row(int classes, double... first) {
    return Arrays.copyOf(first, classes);
  }

  /** Loss and gradient of one row, the loss last. */
  private static double[] results(RowLoss loss, double[] student, double[] teacher) {
    int n = student.length;
    double[] results = new double[n + 1];
    var batch = Batch.of(Matrix.of(student, 1, n)).teacher(Matrix.of(teacher, 1, n));
    results[n] = loss.lossAndGradient(batch, Matrix.of(results, 1, n));
    return results;
  }

  private static void assertGives(double[] results, double loss, double... firstOfGradient) {
    assertEquals(loss, results[results.length - 1], 1e-12);
    assertArrayEquals(
        firstOfGradient, Arrays.copyOf(results, firstOfGradient.length), 1e-12, "gradient");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void equalsCostNothingExactly(int classes) {
    double[] x = new double[classes];
    for (int j = 0; j < classes; j++) {
      x[j] = Math.sin(j) * 5;
    }
    x[1] = NEGATIVE_INFINITY;
    for (var loss : ALL) {
      assertArrayEquals(new double[classes + 1], results(loss, x, x.clone()));
    }
  }

  @Test
  void noLossIsNegative() {
    for (Divergence divergence : DistillationCase.DIVERGENCES) {
      for (Regime regime : Regime.values()) {
        var c = new DistillationCase(3, divergence, regime, 20, 33);
        double[] losses = new double[20];
        c.loss().loss(c.batch(true).losses(losses));
        assertTrue(Arrays.stream(losses).allMatch(l -> l >= 0), c.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void aClassImpossibleOnBothSidesCostsNothing(int classes) {
    double[] student = row(classes, 1, NEGATIVE_INFINITY);
    double[] teacher = row(classes, 0, NEGATIVE_INFINITY);
    for (var loss : ALL) {
      double[] results = results(loss, student, teacher);
      assertTrue(results[classes] > 0 && results[classes] < 1);
      assertEquals(0, results[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void massOfTheTeacherOnAnImpossibleClassIsAPoleOfForwardKl(int classes) {
    double[] student = row(classes, 0, NEGATIVE_INFINITY);
    double[] results = results(FORWARD, student, new double[classes]);
    double p = 1.0 / classes;
    assertGives(results, POSITIVE_INFINITY, 1.0 / (classes - 1) - p, -p);
    // However little that mass is.
    double[] certain = row(classes, 2000);
    assertEquals(POSITIVE_INFINITY, results(FORWARD, student, certain)[classes]);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void massOfTheStudentOnAnImpossibleClassIsAPoleOfReverseKl(int classes) {
    double[] student = row(classes, 0, 0, NEGATIVE_INFINITY);
    double[] teacher = row(classes, 0, NEGATIVE_INFINITY, 0);
    double[] results = results(REVERSE, student, teacher);
    assertGives(results, POSITIVE_INFINITY, NEGATIVE_INFINITY, POSITIVE_INFINITY, 0);
    double[] one = new double[classes];
    Arrays.fill(one, NEGATIVE_INFINITY);
    double[] other = one.clone();
    one[0] = 0;
    other[1] = 0;
    assertGives(results(REVERSE, one, other), POSITIVE_INFINITY, NaN, 0, 0);
  }

  @Test
  void otherDivergencesAreBounded() {
    double[] student = {0, NEGATIVE_INFINITY};
    double[] teacher = {NEGATIVE_INFINITY, 0};
    assertGives(results(ALL.get(2), student, teacher), Math.log(2), 0, 0);
    assertGives(results(ALL.get(3), student, teacher), 1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void classesThatAreNotAllowedAreNotRead(int classes) {
    double[] student = row(classes, 0, NaN, 1);
    double[] teacher = row(classes, 1, POSITIVE_INFINITY, 0);
    long[] allowed = new long[(classes + 63) / 64];
    Arrays.fill(allowed, -1);
    allowed[0] = ~2L;
    for (var loss : ALL) {
      double[] gradient = row(classes, 5, 5, 5);
      var batch = Batch.of(Matrix.of(student, 1, classes)).teacher(Matrix.of(teacher, 1, classes));
      double value = loss.lossAndGradient(batch.allowed(allowed), Matrix.of(gradient, 1, classes));
      double[] without = row(classes, 0, NEGATIVE_INFINITY, 1);
      double[] results = results(loss, without, row(classes, 1, NEGATIVE_INFINITY, 0));
      assertEquals(results[classes], value);
      assertArrayEquals(Arrays.copyOf(results, classes), gradient);
      assertEquals(0L, Double.doubleToRawLongBits(gradient[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void aSideWithoutProbabilitiesIsNaN(int classes) {
    double[] impossible = new double[classes];
    Arrays.fill(impossible, NEGATIVE_INFINITY);
    double[][] undefined = {
      impossible, row(classes, POSITIVE_INFINITY), row(classes, 0, NaN), row(classes, -3000, NaN)
    };
    for (var loss : ALL) {
      for (double[] bad : undefined) {
        double[] defined = row(classes, 1, NEGATIVE_INFINITY);
        assertTrue(Arrays.stream(results(loss, bad, defined)).allMatch(Double::isNaN));
        assertTrue(Arrays.stream(results(loss, defined, bad)).allMatch(Double::isNaN));
      }
      for (double p : new double[] {-0.1, NaN}) {
        double[] gradient = new double[classes];
        var batch =
            Batch.of(Matrix.of(new double[classes], 1, classes))
                .teacher(new int[] {1}, Matrix.of(new double[] {p}, 1, 1));
        assertTrue(Double.isNaN(loss.lossAndGradient(batch, Matrix.of(gradient, 1, classes))));
        assertTrue(Arrays.stream(gradient).allMatch(Double::isNaN));
      }
    }
  }

  @Test
  void maskedRowsAreNotRead() {
    double[] student = {NaN, 0, NaN, 0, NaN, 0, 0, 0};
    double[] gradient = {5, 5, 5, 5, 5, 5, 5, 5};
    var sum = new LossSum();
    var batch =
        Batch.of(Matrix.of(student, 4, 2), new int[] {-100, 1, 0, 0})
            .teacher(Matrix.of(new double[] {NaN, 0, 0, NaN, 0, 0, 0, 0}, 4, 2))
            .weights(new double[] {1, 0, 1, 2})
            .mask(new boolean[] {true, true, false, true})
            .sum(sum);
    for (var loss : ALL) {
      assertEquals(0, loss.lossAndGradient(batch, Matrix.of(gradient, 4, 2)));
      assertArrayEquals(new double[8], gradient);
    }
    assertEquals(4, sum.rowsKept());
    assertEquals(8, sum.weight());
    assertEquals(1, sum.perplexity());
    var top = Batch.of(Matrix.of(student, 4, 2), new int[] {-100, -100, -100, 0});
    // Indices of masked rows are not read either.
    var probabilities = Matrix.of(new double[] {1, 1, 1, 0.5}, 4, 1);
    double value = FORWARD.loss(top.teacher(new int[] {9, 9, -9, 1}, probabilities));
    assertEquals(0, value, 1e-15);
  }

  @Test
  void theProbabilitiesOfATeacherNeedNotSumToOne() {
    double[] gradient = new double[4];
    var batch =
        Batch.of(Matrix.of(new double[4], 1, 4))
            .teacher(new int[] {1}, Matrix.of(new double[] {0.5}, 1, 1));
    // 0.5 (log 0.5 - log 0.25)
    assertEquals(
        0.5 * Math.log(2), FORWARD.lossAndGradient(batch, Matrix.of(gradient, 1, 4)), 1e-15);
    assertArrayEquals(new double[] {0.125, -0.375, 0.125, 0.125}, gradient, 1e-15);
  }

  @Test
  void aPartOfWeightZeroIsNotRead() {
    var labels = Distillation.builder().hardWeight(1).build();
    var batch =
        Batch.of(Matrix.of(new double[2], 1, 2), new int[] {0})
            .teacher(Matrix.of(new double[] {NaN, NaN}, 1, 2));
    assertEquals(Math.log(2), labels.loss(batch), 1e-15);
    var weighted = Distillation.builder().classWeights(-1, -1).build();
    assertEquals(0, weighted.loss(batch.teacher(Matrix.of(new double[2], 1, 2))));
  }

  @Test
  void oneTemperatureIsThatOfBothSides() {
    double[] x = {0.4, -1, 2};
    double[] y = {3, 0.5, 0.25};
    var builder = Distillation.builder().temperature(3);
    double[] one = results(builder.build(), x, y);
    assertArrayEquals(results(builder.teacherTemperature(3).build(), x, y), one);
  }

  @Test
  void jensenShannonEndsAreTheKullbackLeiblerDivergences() {
    double[] x = {0.4, -1, 2};
    double[] y = {3, 0.5, 0.25};
    assertArrayEquals(
        results(FORWARD, x, y),
        results(
            Distillation.builder()
                .divergence(new io.github.surprisal.rows.Divergence.JensenShannon(0))
                .build(),
            x,
            y));
    assertArrayEquals(
        results(REVERSE, x, y),
        results(
            Distillation.builder()
                .divergence(new io.github.surprisal.rows.Divergence.JensenShannon(1))
                .build(),
            x,
            y));
  }

  @Test
  void labelsCountInTheSumWhereTheyHaveAPart() {
    var sum = new LossSum();
    var mixed = Distillation.builder().hardWeight(0.5).temperature(3).build();
    var logits = Matrix.of(new double[4], 2, 2);
    mixed.loss(Batch.of(logits, new int[] {0, 1}).teacher(logits).sum(sum));
    assertEquals(2, sum.perplexity(), 1e-15);
    assertEquals(Math.log(2), sum.sum(), 1e-15);
  }

  @Test
  void reverseKlBeyondTheTypeHasTheTruth() {
    float big = Float.MAX_VALUE / 4;
    var loss =
        Distillation.builder()
            .divergence(new io.github.surprisal.rows.Divergence.ReverseKl())
            .teacherTemperature(0x1p-10)
            .build();
    float[] gradient = new float[2];
    var batch =
        Batch.of(Matrix.of(new float[2], 1, 2)).teacher(Matrix.of(new float[] {0, -big}, 1, 2));
    double value = loss.lossAndGradient(batch, Matrix.of(gradient, 1, 2));
    assertEquals(512.0 * big, value, 1e-6 * value);
    assertTrue(gradient[1] > 0 && gradient[0] == -gradient[1]);
  }

  @Test
  void aNewThreadsFirstRowOfManyAllowedClassesHasItsLoss() throws InterruptedException {
    int n = 2049;
    float[] student = new float[n];
    float[] teacher = new float[n];
    student[3] = -5;
    teacher[3] = 20;
    long[] allButTheLast = new long[n / 64 + 1];
    Arrays.fill(allButTheLast, 0, n / 64, -1);
    var batch =
        Batch.of(Matrix.of(student, 1, n)).teacher(Matrix.of(teacher, 1, n)).allowed(allButTheLast);
    double[] loss = new double[1];
    var thread = new Thread(() -> loss[0] = FORWARD.loss(batch));
    thread.start();
    thread.join();
    float[] less = Arrays.copyOf(student, n - 1);
    float[] known = Arrays.copyOf(teacher, n - 1);
    double expected =
        FORWARD.loss(Batch.of(Matrix.of(less, 1, n - 1)).teacher(Matrix.of(known, 1, n - 1)));
    // 8 + n/8 ulp of float32 are promised of each.
    assertEquals(expected, loss[0], 2 * (8 + n / 8) * 0x1p-24 * expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 33, 100, 1000, 2049, 5000})
  void aRowAloneHasTheBitsItHasInABatchAndInPlace(int classes) {
    for (Divergence divergence : DistillationCase.DIVERGENCES) {
      for (int options : new int[] {0, 5, 4, 16, 32}) {
        var c = new DistillationCase(1, divergence, Regime.NORMAL, 3, classes).with(options);
        double[] losses = new double[3];
        double[] gradient = new double[3 * classes];
        c.loss().lossAndGradient(c.batch(false).losses(losses), Matrix.of(gradient, 3, classes));
        double[] values = new double[3];
        c.loss().loss(c.batch(false).losses(values));
        assertArrayEquals(losses, values, "loss alone");
        double[] logits = c.logits.clone();
        var inPlace = Matrix.of(logits, 3, classes);
        c.loss().lossAndGradient(c.batch(inPlace, false), inPlace);
        assertArrayEquals(gradient, logits, c + " in place");
        double[] alone = new double[3 * classes];
        var batch = c.batch(false).mask(new boolean[] {false, true, false}).losses(values);
        c.loss().lossAndGradient(batch, Matrix.of(alone, 3, classes));
        assertEquals(losses[1], values[1]);
        double[] expected = new double[3 * classes];
        System.arraycopy(gradient, classes, expected, classes, classes);
        assertArrayEquals(expected, alone, c + " alone");
      }
    }
  }
}
