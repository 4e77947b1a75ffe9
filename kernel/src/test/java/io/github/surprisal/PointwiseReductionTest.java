package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reductions, denominators, upstream factors and totals of pointwise losses. */
class PointwiseReductionTest {
  private static final float[] P = {3, 5, 7, 1};
  private static final float[] T = {2.5f, 5.25f, 6.75f, 9};
  private static final float[] W = {2, 4, 0.5f, 0};
  private static final double[] SQUARES = {0.25, 0.0625, 0.0625, 64};

  private final float[] gradient = new float[4];

  private double run(Elements elements, Reduction reduction) {
    return PointwiseLoss.builder(new SquaredError())
        .reduction(reduction)
        .build()
        .lossAndGradient(elements, Matrix.of(gradient, 1, 4));
  }

  @Test
  void denominators() {
    var weighted = Elements.of(P, T).weights(W);
    double sum = 2 * SQUARES[0] + 4 * SQUARES[1] + 0.5 * SQUARES[2];
    assertEquals(sum, run(weighted, Reduction.SUM));
    assertArrayEquals(new float[] {2, -2, 0.25f, 0}, gradient);
    assertEquals(sum, run(weighted, Reduction.NONE));
    assertEquals(sum / 6.5, run(weighted, Reduction.MEAN), "squared error divides by the weights");
    assertEquals(sum / 3, run(weighted, Reduction.mean(Denominator.KEPT)));
    assertEquals(sum / 4, run(weighted, Reduction.mean(Denominator.ALL)));
    assertArrayEquals(new float[] {0.5f, -0.5f, 0.0625f, 0}, gradient);
    assertEquals(sum / 8, run(weighted, Reduction.meanOver(8)));
    var huber = PointwiseLoss.builder(new Huber(100)).build();
    assertEquals(sum / 2 / 3, huber.loss(weighted), "Huber divides by the number");
  }

  @ParameterizedTest
  @MethodSource("io.github.surprisal.PointwiseRulesTest#formulas")
  void theDefaultDenominatorIsTheFormulas(Entry entry) {
    var c = new PointwiseCase(entry, PointwiseCase.Regime.NORMAL, 6, 1).weighted();
    double mean = c.loss(Reduction.MEAN).loss(c.elements(false));
    assertEquals(
        mean, c.loss(Reduction.mean(entry.formula().denominator())).loss(c.elements(false)));
  }

  @Test
  void upstreamScalesTheGradientOnly() {
    var elements = Elements.of(P, T).upstream(2).upstream(new float[] {1, 10, 100, 0.5f});
    assertEquals(64.375, run(elements, Reduction.NONE));
    assertArrayEquals(new float[] {2, -10, 100, -16}, gradient);
    assertEquals(64.375 / 4, run(Elements.of(P, T).upstream(4), Reduction.MEAN));
    assertArrayEquals(new float[] {1, -0.5f, 0.5f, -16}, gradient);
  }

  @Test
  void gradientAndHessianAreWeightedButNotDivided() {
    float[] hessian = new float[4];
    var loss = PointwiseLoss.builder(new SquaredError()).build();
    double sum =
        loss.gradientAndHessian(
            Elements.of(P, T).weights(W).upstream(7),
            Matrix.of(gradient, 1, 4),
            Matrix.of(hessian, 1, 4));
    assertEquals(0.78125, sum);
    assertArrayEquals(new float[] {2, -2, 0.25f, 0}, gradient);
    assertArrayEquals(new float[] {4, 8, 1, 0}, hessian);
  }

  @Test
  void weightsOfEitherTypeAndTinyOnes() {
    double loss = run(Elements.of(P, T).weights(new double[] {1e-310, 0, 0, 0}), Reduction.MEAN);
    assertEquals(0.25, run(Elements.of(new double[] {3}, new double[] {2.5}), 1e-310), 1e-13);
    assertEquals(Double.isNaN(loss), false);
  }

  private static double run(Elements elements, double weight) {
    return PointwiseLoss.builder(new SquaredError())
        .build()
        .lossAndGradient(elements.weights(new double[] {weight}), Matrix.of(new double[1], 1, 1));
  }

  @Test
  void sumsMergeToTheMeanOfOneCall() {
    double[] p = new SplittableRandom(3).doubles(10_000, -5, 5).toArray();
    double[] t = new SplittableRandom(4).doubles(10_000, -5, 5).toArray();
    var loss = PointwiseLoss.builder(new Huber()).build();
    var all = new LossSum();
    double mean = loss.loss(Elements.of(p, t).sum(all));
    var merged = new LossSum();
    for (int from = 0; from < p.length; from += 2500) {
      var part = new LossSum();
      loss.loss(
          Elements.of(
                  Arrays.copyOfRange(p, from, from + 2500),
                  Arrays.copyOfRange(t, from, from + 2500))
              .sum(part));
      merged.merge(part);
    }
    // Blocks begin elsewhere, so their sums are rounded elsewhere.
    assertEquals(mean, all.mean(), 1e-15 * mean);
    assertEquals(all.sum(), merged.sum(), 1e-14 * all.sum());
    assertEquals(10_000, merged.rowsKept());
  }

  @Test
  void parametersRepeat() {
    var loss =
        PointwiseLoss.builder(new BinaryCrossEntropyWithLogits(new double[] {1, 2, 3}, 0))
            .reduction(Reduction.NONE)
            .build();
    float[] losses = new float[6];
    float[] ones = {1, 1, 1, 1, 1, 1};
    loss.loss(Elements.of(new float[6], ones).losses(losses));
    float ln2 = (float) Math.log(2);
    assertArrayEquals(new float[] {ln2, 2 * ln2, 3 * ln2, ln2, 2 * ln2, 3 * ln2}, losses, 2e-7f);
    double[] many = new double[5000];
    Arrays.fill(many, 1);
    many[2047] = 5;
    many[4999] = 7;
    double[] wide = new double[10_000];
    double[] targets = new double[10_000];
    Arrays.fill(targets, 1);
    PointwiseLoss.builder(new BinaryCrossEntropyWithLogits(many, 0))
        .build()
        .loss(Elements.of(new double[10_000], targets).losses(wide));
    assertEquals(5 * Math.log(2), wide[2047], 1e-15);
    assertEquals(5 * Math.log(2), wide[7047], 1e-15);
    assertEquals(7 * Math.log(2), wide[9999], 1e-15);
    assertEquals(Math.log(2), wide[7046], 1e-15);
  }
}
