package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.RowLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sum of any split is the one call over all: the mean of every loss, and what is refused. */
class LossSumTest {
  private static final List<Reduction> MEANS =
      List.of(
          Reduction.MEAN,
          Reduction.mean(Denominator.WEIGHTS),
          Reduction.mean(Denominator.KEPT),
          Reduction.mean(Denominator.ALL));

  @Test
  void everyLossOfRowsIsListed() {
    Set<Class<?>> listed =
        EveryRowLoss.list().stream()
            .map(l -> l.loss(Reduction.MEAN).getClass())
            .collect(Collectors.toSet());
    assertEquals(leaves(RowLoss.class).collect(Collectors.toSet()), listed);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LossSumTest::leaves)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("io.github.surprisal.EveryRowLoss#list")
  void anySplitGivesTheMeanOfOneCall(EveryRowLoss rows) {
    var random = new Random(7);
    for (Reduction reduction : MEANS) {
      var loss = rows.loss(reduction);
      double mean = loss.loss(rows.batch(0, EveryRowLoss.ROWS));
      assertTrue(mean != 0, rows.toString());
      for (int trial = 0; trial < 5; trial++) {
        List<LossSum> parts = new ArrayList<>();
        for (int from = 0; from < EveryRowLoss.ROWS; ) {
          int to = Math.min(EveryRowLoss.ROWS, from + random.nextInt(20)); // none at times
          var part = new LossSum();
          loss.loss(rows.batch(from, to).sum(part));
          parts.add(part);
          from = to;
        }
        Collections.shuffle(parts, random);
        var merged = new LossSum();
        parts.forEach(merged::merge);
        assertEquals(mean, merged.mean(), Math.ulp(mean), reduction.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.surprisal.PointwiseRulesTest#formulas")
  void anySplitAtBlocksGivesTheMeanOfOneCall(Entry entry) {
    int n = 2 * 2048 + 300;
    var c = new PointwiseCase(entry, PointwiseCase.Regime.NORMAL, n, 1).weighted();
    for (boolean floats : new boolean[] {true, false}) {
      for (Reduction reduction : MEANS) {
        var loss = c.loss(reduction);
        double mean = loss.loss(c.elements(floats));
        var sum = new LossSum();
        for (int from : new int[] {2048, 4096, 0}) {
          loss.loss(slice(c, from, Math.min(n, from + 2048), floats).sum(sum));
        }
        assertEquals(mean, sum.mean(), Math.ulp(mean), reduction.toString());
        var uneven = new LossSum();
        loss.loss(slice(c, 0, 777, floats).sum(uneven));
        loss.loss(slice(c, 777, n, floats).sum(uneven));
        double bound = 2 * 68 * magnitude(c, mean) * (floats ? 0x1p-23 : 0x1p-52);
        assertEquals(mean, uneven.mean(), bound, reduction.toString());
      }
    }
  }

  /** What the losses would have for a mean without their signs. */
  private static double magnitude(PointwiseCase c, double mean) {
    double[] losses = new double[c.length];
    double sum = c.loss(Reduction.SUM).loss(c.elements(false).losses(losses));
    return Math.abs(mean / sum) * Arrays.stream(losses).map(Math::abs).sum();
  }

  private static Elements slice(PointwiseCase c, int from, int to, boolean floats) {
    var elements =
        Elements.of(slice(c.predictions, from, to, floats), slice(c.targets, from, to, floats));
    elements =
        c.parameter == null ? elements : elements.parameter(slice(c.parameter, from, to, floats));
    return elements
        .weights(Arrays.copyOfRange(c.weights, from, to))
        .mask(Arrays.copyOfRange(c.mask, from, to));
  }

  private static Matrix slice(double[] values, int from, int to, boolean floats) {
    return PointwiseCase.matrix(Arrays.copyOfRange(values, from, to), floats);
  }

  @Test
  void reductionsThatNameNoDenominatorTakeTheUsualOne() {
    var rows = EveryRowLoss.list().get(2); // focal, which counts rows
    for (var reduction : List.of(Reduction.NONE, Reduction.SUM, Reduction.meanOver(64))) {
      var sum = new LossSum();
      rows.loss(reduction).loss(rows.batch(0, EveryRowLoss.ROWS).sum(sum));
      assertEquals(rows.loss(Reduction.MEAN).loss(rows.batch(0, EveryRowLoss.ROWS)), sum.mean());
      assertEquals(Denominator.KEPT, sum.denominator());
    }
  }

  @Test
  void secondDerivativesAddTheSameSum() {
    float[] p = {1, 2, 5};
    var sum = new LossSum();
    var loss =
        PointwiseLoss.builder(new SquaredError())
            .reduction(Reduction.mean(Denominator.ALL))
            .build();
    double mean = loss.loss(Elements.of(p, new float[3]).sum(sum));
    loss.gradientAndHessian(
        Elements.of(p, new float[3]).sum(sum),
        Matrix.of(new float[3], 1, 3),
        Matrix.of(new float[3], 1, 3));
    assertEquals(mean, sum.mean());
  }

  @Test
  void anotherDenominatorIsRefusedBeforeAnythingIsWritten() {
    var sum = new LossSum();
    float[] p = {1, 2, 5};
    PointwiseLoss.builder(new Huber()).build().loss(Elements.of(p, new float[3]).sum(sum));
    String before = sum.toString();
    float[] gradient = {7, 7, 7};
    var squares = PointwiseLoss.builder(new SquaredError()).build();
    refused(
        "mean of loss divides by WEIGHTS, expected KEPT as in what the sum holds",
        () ->
            squares.lossAndGradient(
                Elements.of(p, new float[3]).sum(sum), Matrix.of(gradient, 1, 3)));
    assertEquals("[7.0, 7.0, 7.0]", Arrays.toString(gradient));
    var rows = EveryRowLoss.list().get(0);
    refused(
        "mean of loss divides by WEIGHTS, expected KEPT as in what the sum holds",
        () -> rows.loss(Reduction.MEAN).loss(rows.batch(0, EveryRowLoss.ROWS).sum(sum)));
    var other = new LossSum();
    squares.loss(Elements.of(p, new float[3]).sum(other));
    refused(
        "mean of other divides by WEIGHTS, expected KEPT as in what the sum holds",
        () -> sum.merge(other));
    assertEquals(before, sum.toString());
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void anEmptySumTakesTheFirstsDenominator() {
    var sum = new LossSum();
    assertEquals(0, sum.mean());
    assertNull(sum.denominator());
    var first = new LossSum();
    PointwiseLoss.builder(new Huber())
        .build()
        .loss(Elements.of(new float[] {2}, new float[1]).sum(first));
    sum.merge(first);
    sum.merge(new LossSum());
    assertEquals(Denominator.KEPT, sum.denominator());
    assertEquals(1.5, sum.mean());
    sum.reset();
    assertNull(sum.denominator());
    PointwiseLoss.builder(new SquaredError())
        .build()
        .loss(Elements.of(new float[] {2}, new float[1]).sum(sum));
    assertEquals(4, sum.mean());
  }

  @Test
  void overNothingItIsZeroAndOtherwiseDividesAsWritten() {
    var nothing = new LossSum();
    var masked = Elements.of(new float[] {2}, new float[1]).mask(new boolean[1]);
    PointwiseLoss.builder(new SquaredError()).build().loss(masked.sum(nothing));
    assertEquals(0, nothing.mean());
    assertEquals(0, nothing.mean(Denominator.ALL));
    var sum = new LossSum();
    var smoothed = CrossEntropy.builder().labelSmoothing(0.1).classWeights(0, 1).build();
    smoothed.loss(Batch.of(Matrix.of(new float[2], 1, 2), new int[1]).sum(sum));
    assertEquals(0, sum.weight());
    assertTrue(sum.sum() > 0);
    assertEquals(Double.POSITIVE_INFINITY, sum.mean());
    assertEquals(sum.sum(), sum.mean(Denominator.KEPT));
  }

  @Test
  void mergedLikelihoodsAreThoseOfAllLabels() {
    var loss = CrossEntropy.builder().build();
    var first = new LossSum();
    var second = new LossSum();
    loss.loss(Batch.of(Matrix.of(new double[6], 3, 2), new int[3]).sum(first));
    loss.loss(Batch.of(Matrix.of(new double[8], 1, 8), new int[1]).sum(second));
    first.merge(second);
    assertEquals(6 * Math.log(2), first.negativeLogLikelihood(), 1e-15);
    assertEquals(Math.pow(2, 1.5), first.perplexity(), 1e-15);
    assertEquals(6, first.bits(1), 1e-15);
    assertEquals(2, first.bits(3), 1e-15);
    assertEquals(4, first.rowsSeen());
    assertEquals(
        "LossSum[sum=%s, weight=4.0, rowsKept=4, rowsSeen=4, denominator=WEIGHTS]"
            .formatted(first.sum()),
        first.toString());
    first.reset();
    first.merge(second);
    assertEquals(8, first.perplexity(), 1e-14);
    assertEquals(3, first.bits(1), 1e-15);
    assertEquals(1, first.weight());
    assertEquals(1, first.rowsKept());
    assertEquals(1, first.rowsSeen());
    assertEquals(second.sum(), first.sum());
  }

  @Test
  void weightsOfAnySizeAddWhatTheyAre() {
    var loss = CrossEntropy.builder().classWeights(0x1p-900, 0x1p-901).reduction(Reduction.SUM);
    var sum = new LossSum();
    var batch = Batch.of(Matrix.of(new double[4], 2, 2), new int[] {0, 1}).sum(sum);
    double total = loss.build().loss(batch.weights(new double[] {0x1p902, 0x1p903}));
    assertEquals(8 * Math.log(2), total, 1e-14);
    assertEquals(total, sum.sum());
    assertEquals(8, sum.weight());
  }
}
