package io.github.surprisal;

import static io.github.surprisal.ElementResults.assertGives;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.Hinge;
import io.github.surprisal.pointwise.Perceptron;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SoftMargin;
import io.github.surprisal.pointwise.SquaredHinge;
import io.github.surprisal.reference.MarginLosses;
import io.github.surprisal.reference.PointwiseBatch;
import io.github.surprisal.reference.PointwiseReference;
import io.github.surprisal.reference.Precision;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One test for each special case in the Javadoc of the losses of t p. */
class MarginSpecialValuesTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double LOG2 = 0.6931471805599453;

  private static final List<Formula> MARGINS =
      List.of(new Hinge(), new SquaredHinge(), new Perceptron(), new SoftMargin());

  @Test
  void infiniteTargetsOfMarginsTakeTheLimit() {
    for (var formula : MARGINS) {
      assertGives(formula, 0.25, INF, 0, 0, 0);
      assertGives(formula, -INF, -INF, 0, 0, 0);
      assertGives(formula, -5, INF, INF, -INF);
      assertGives(formula, INF, -INF, INF, INF);
      assertGives(formula, 0, INF, NAN, NAN, NAN);
    }
  }

  @Test
  void softMarginHasNoLargestScore() {
    var loss = new SoftMargin();
    assertGives(loss, 1e4, 1, 0, 0, 0);
    assertGives(loss, -1e4, 1, 1e4, -1, 0);
    assertGives(loss, 1e4, -1, 1e4, 1, 0);
    assertGives(loss, 1e30, -1, 1e30, 1, 0);
    double tiny = StrictMath.exp(-80);
    assertGives(loss, 80, 1, tiny, -tiny, tiny);
  }

  @Test
  void softMarginOfOtherTargetsKeepsItsBounds() {
    var random = new SplittableRandom(8);
    double[] p = random.doubles(1500, -40, 40).map(x -> (float) x).toArray();
    double[] t = random.doubles(1500, -2, 2).map(x -> (float) x).toArray();
    var expected =
        new PointwiseReference(
                new MarginLosses.SoftMargin(), io.github.surprisal.reference.Reduction.MEAN, null)
            .evaluate(
                new PointwiseBatch(
                    p, t, null, null, null, new double[] {p.length}, Precision.FLOAT32));
    for (var type : List.of(Precision.FLOAT32, Precision.FLOAT64)) {
      boolean floats = type == Precision.FLOAT32;
      Matrix losses = PointwiseCase.matrix(new double[p.length], floats);
      Matrix gradient = PointwiseCase.matrix(new double[p.length], floats);
      Matrix hessian = PointwiseCase.matrix(new double[p.length], floats);
      var elements = Elements.of(PointwiseCase.matrix(p, floats), PointwiseCase.matrix(t, floats));
      elements = floats ? elements.losses(losses.floats()) : elements.losses(losses.doubles());
      PointwiseLoss.builder(new SoftMargin())
          .build()
          .gradientAndHessian(elements, gradient, hessian);
      for (int i = 0; i < p.length; i++) {
        String at = type + " at " + p[i] + ", " + t[i];
        assertTrue(expected.lossUlps(i, get(losses, i), type) <= 3, at);
        assertTrue(expected.gradientUlps(i, get(gradient, i), type) <= 4, at);
        assertTrue(expected.hessianUlps(i, get(hessian, i), type) <= 6, at);
      }
    }
  }

  private static double get(Matrix matrix, int i) {
    return matrix.floats() != null ? matrix.floats()[i] : matrix.doubles()[i];
  }

  @Test
  void infiniteScoresTakeTheLimit() {
    for (var formula : MARGINS) {
      assertGives(formula, INF, 1, 0, 0, 0);
      assertGives(formula, -INF, -1, 0, 0, 0);
      assertGives(formula, NAN, 1, NAN, NAN, NAN);
      assertGives(formula, NAN, 0, NAN, NAN, NAN);
    }
    assertGives(new SoftMargin(), -INF, 1, INF, -1, 0);
    assertGives(new Hinge(), -INF, 1, INF, -1, 0);
    assertGives(new Perceptron(), INF, -1, INF, 1, 0);
    assertGives(new SquaredHinge(), -INF, 1, INF, -INF, 2);
  }

  @Test
  void aTargetOfZeroLeavesTheMargin() {
    for (double p : new double[] {0, 5, -INF, INF}) {
      assertGives(new SoftMargin(), p, 0, LOG2, 0, 0);
      assertGives(new Hinge(3), p, 0, 3, 0, 0);
      assertGives(new SquaredHinge(3), p, 0, 9, 0, 0);
      assertGives(new Perceptron(), p, 0, 0, 0, 0);
    }
  }

  @Test
  void kinksHaveTheSlopeOfTheInactiveSide() {
    assertGives(new Hinge(), 1, 1, 0, 0, 0);
    assertGives(new Perceptron(), 0, -1, 0, 0, 0);
    assertGives(new SquaredHinge(), -1, -1, 0, 0, 0);
    assertGives(new Hinge(), 0.5, 1, 0.5, -1, 0);
    assertGives(new SquaredHinge(), 0.5, 1, 0.25, -1, 2);
  }
}
