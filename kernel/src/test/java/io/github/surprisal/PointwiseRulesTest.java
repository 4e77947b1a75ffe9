package io.github.surprisal;

import static java.lang.Double.NaN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.PointwiseCase.Regime;
import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.LaplaceNll;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.pointwise.SquaredError;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that {@link PointwiseLoss} lists, for every formula there is. */
class PointwiseRulesTest {
  private static final int N = 37;
  private static final float NAN = Float.NaN;

  static List<Entry> formulas() {
    return PointwiseFormulas.ALL;
  }

  private static PointwiseCase drawn(Entry entry) {
    return new PointwiseCase(entry, Regime.NORMAL, N, 5);
  }

  private static Matrix zeros() {
    return Matrix.of(new double[N], 1, N);
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void aMaskedElementIsNotRead(Entry entry) {
    var c = drawn(entry);
    var kept = new boolean[N];
    var bits = new BitSet();
    for (int i = 0; i < N; i++) {
      kept[i] = i % 3 != 0;
      bits.set(i, kept[i]);
    }
    var expected = zeros();
    double sum = c.loss(Reduction.SUM).lossAndGradient(c.elements(false).mask(kept), expected);
    for (int i = 0; i < N; i += 3) {
      c.predictions[i] = NaN;
      c.targets[i] = NaN;
    }
    double[] weights = new double[N];
    for (int i = 0; i < N; i++) {
      weights[i] = kept[i] ? 1 : -0.0;
    }
    var words = new long[] {bits.toLongArray()[0]};
    var elements = c.elements(false);
    for (var masked :
        List.of(elements.mask(kept), elements.mask(words), elements.weights(weights))) {
      var gradient = Matrix.of(c.predictions.clone(), 1, N);
      double[] losses = new double[N];
      var total = new LossSum();
      double loss =
          c.loss(Reduction.SUM)
              .lossAndGradient(masked.losses(losses).upstream(1).sum(total), gradient);
      assertEquals(sum, loss);
      assertArrayEquals(expected.doubles(), gradient.doubles());
      assertEquals(0L, Double.doubleToRawLongBits(gradient.doubles()[3]), "+0");
      assertEquals(0L, Double.doubleToRawLongBits(losses[3]), "+0");
      assertEquals(N - 13, total.rowsKept());
      assertEquals(N, total.rowsSeen());
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void nanReachesItsOwnElementOnly(Entry entry) {
    for (int input = 0; input < 4; input++) {
      var c = drawn(entry);
      var clean = zeros();
      c.loss(Reduction.NONE).lossAndGradient(c.elements(false), clean);
      if (input == 0) {
        c.predictions[20] = NaN;
      } else if (input == 1) {
        c.targets[20] = NaN;
      } else if (input == 2 && c.parameter != null) {
        c.parameter[20] = NaN;
      }
      double[] weights = new double[N];
      java.util.Arrays.fill(weights, 1);
      weights[20] = input == 3 ? NaN : 1;
      double[] losses = new double[N];
      var gradient = zeros();
      double loss =
          c.loss(Reduction.NONE)
              .lossAndGradient(c.elements(false).weights(weights).losses(losses), gradient);
      boolean read = input != 2 || c.parameter != null;
      assertEquals(read, Double.isNaN(loss), "input " + input);
      for (int i = 0; i < N; i++) {
        boolean own = read && i == 20;
        assertEquals(own, Double.isNaN(losses[i]), "losses[" + i + "] of input " + input);
        if (own) {
          assertTrue(Double.isNaN(gradient.doubles()[i]), "gradient of input " + input);
        } else {
          assertEquals(clean.doubles()[i], gradient.doubles()[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void theGradientMayReplaceThePredictions(Entry entry) {
    for (boolean floats : new boolean[] {true, false}) {
      var c = new PointwiseCase(entry, Regime.NORMAL, 5000, 3);
      var apart = PointwiseCase.matrix(new double[5000], floats);
      double loss = c.loss(Reduction.MEAN).lossAndGradient(c.elements(floats), apart);
      var elements = c.elements(floats);
      assertEquals(loss, c.loss(Reduction.MEAN).lossAndGradient(elements, elements.predictions()));
      assertArrayEquals(apart.floats(), elements.predictions().floats());
      assertArrayEquals(apart.doubles(), elements.predictions().doubles());
      assertEquals(loss, c.loss(Reduction.MEAN).loss(c.elements(floats)), "loss alone");
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void anElementHasTheBitsItHasAlone(Entry entry) {
    var c = new PointwiseCase(entry, Regime.WIDE, 70, 11);
    double[] together = new double[70];
    var gradient = Matrix.of(new double[70], 1, 70);
    c.loss(Reduction.NONE).lossAndGradient(c.elements(false).losses(together), gradient);
    for (int i = 0; i < 70; i++) {
      var one = Elements.of(new double[] {c.predictions[i]}, new double[] {c.targets[i]});
      one = c.parameter == null ? one : one.parameter(new double[] {c.parameter[i]});
      var alone = Matrix.of(new double[1], 1, 1);
      assertEquals(
          together[i] + 0.0, c.loss(Reduction.NONE).lossAndGradient(one, alone), "loss " + i);
      assertEquals(gradient.doubles()[i], alone.doubles()[0], "gradient " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void aMeanOverNothingIsZero(Entry entry) {
    var c = drawn(entry);
    c.predictions[1] = NaN;
    var gradient = c.elements(false).predictions();
    var nothing = c.elements(false).mask(new boolean[N]);
    assertEquals(0, c.loss(Reduction.MEAN).lossAndGradient(nothing, gradient));
    assertArrayEquals(new double[N], gradient.doubles());
    var empty = new PointwiseCase(entry, Regime.NORMAL, 0, 5);
    assertEquals(0, empty.loss(Reduction.MEAN).loss(empty.elements(true)));
    assertEquals(0, empty.loss(Reduction.SUM).loss(empty.elements(false)));
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void rowsApartAreRowsTogether(Entry entry) {
    var c = drawn(entry);
    var expected = zeros();
    double loss = c.loss(Reduction.MEAN).lossAndGradient(c.elements(false), expected);
    int columns = 5;
    int rows = 7;
    var half = new PointwiseCase(entry, Regime.NORMAL, rows * columns, 5);
    var together = Matrix.of(new double[rows * columns], rows, columns);
    loss = half.loss(Reduction.MEAN).lossAndGradient(shaped(half, rows, columns, 0), together);
    double[] out = new double[100];
    java.util.Arrays.fill(out, 9);
    var apart = Matrix.of(out, 2, rows, columns, 11);
    assertEquals(
        loss, half.loss(Reduction.MEAN).lossAndGradient(shaped(half, rows, columns, 3), apart));
    for (int i = 0; i < out.length; i++) {
      boolean inside = i >= 2 && (i - 2) % 11 < columns && (i - 2) / 11 < rows;
      double want = inside ? together.doubles()[(i - 2) / 11 * columns + (i - 2) % 11] : 9;
      assertEquals(want, out[i], "element " + i);
    }
  }

  private static Elements shaped(PointwiseCase c, int rows, int columns, int gap) {
    var elements =
        Elements.of(
            spread(c.predictions, rows, columns, gap), spread(c.targets, rows, columns, 2 * gap));
    return c.parameter == null
        ? elements
        : elements.parameter(spread(c.parameter, rows, columns, gap));
  }

  private static Matrix spread(double[] values, int rows, int columns, int gap) {
    double[] wide = new double[1 + rows * (columns + gap)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * columns, wide, 1 + row * (columns + gap), columns);
    }
    return Matrix.of(wide, 1, rows, columns, columns + gap);
  }

  @Test
  void aSumThatOverflowsInFloatsIsDoneInDouble() {
    float[] predictions = {1e30f, 1e25f, 3};
    double sum =
        PointwiseLoss.builder(new SquaredError())
            .reduction(Reduction.SUM)
            .build()
            .loss(predictions, new float[3]);
    assertEquals((double) 1e30f * 1e30f + (double) 1e25f * 1e25f + 9, sum);
    float[] losses = new float[3];
    PointwiseLoss.builder(new SquaredError())
        .build()
        .loss(Elements.of(predictions, new float[3]).losses(losses));
    assertArrayEquals(
        new float[] {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, 9}, losses, "one by one");
    assertFalse(
        Double.isFinite(
            PointwiseLoss.builder(new SquaredError())
                .build()
                .loss(new double[] {1e200}, new double[1])));
  }

  @Test
  void aSlopeThatOverflowsBeforeItsFactorDoesNot() {
    float[] predictions = {1.5e38f, -2, 0};
    float[] gradient = new float[3];
    PointwiseLoss.builder(new SquaredError())
        .build()
        .lossAndGradient(predictions, new float[3], gradient);
    assertEquals(1e38f, gradient[0], 2e31f, "two roundings");
    float[] alone = new float[1];
    PointwiseLoss.builder(new SquaredError())
        .reduction(Reduction.meanOver(3))
        .build()
        .lossAndGradient(new float[] {-2}, new float[1], alone);
    assertEquals(alone[0], gradient[1], "its neighbour has the bits it has alone");
  }

  @Test
  void aSlopeThatOverflowsBeforeItsFactorThoughTheLossDoesNotIsFinite() {
    var loss = PointwiseLoss.builder(new PoissonNll(false, PoissonNll.CountTerm.NONE, 0)).build();
    float[] predictions = {1e-38f, 1, 2, 3};
    float[] targets = {8, 1, 3, 0};
    float[] gradient = new float[4];
    loss.lossAndGradient(predictions, targets, gradient);
    double exact = -8 / (double) 1e-38f / 4;
    assertEquals(exact, gradient[0], -exact * 0x1p-23);
    loss.lossAndGradient(predictions, targets, predictions);
    assertArrayEquals(gradient, predictions, "in place");
  }

  @Test
  void soIsTheSlopeOfAParameter() {
    var loss =
        PointwiseLoss.builder(new LaplaceNll(1e-30)).reduction(Reduction.meanOver(1e6)).build();
    float[] scales = {1e-20f, 2};
    var elements = Elements.of(new float[] {1, 2}, new float[] {-3, 5}).parameter(scales);
    var gradient = Matrix.of(new float[2], 1, 2);
    var scaleGradient = Matrix.of(scales, 1, 2);
    loss.lossAndGradients(elements, gradient, scaleGradient);
    assertEquals(-4e34f, scales[0], 4e28f);
    assertEquals(1e14f, gradient.floats()[0], 1e8f);
    assertEquals(-2.5e-7f, scales[1], 1e-13f);
  }

  @Test
  void anUpstreamFactorOfZeroGivesZero() {
    float[] predictions = {Float.NEGATIVE_INFINITY, 3e38f, NAN};
    var gradient = Matrix.of(new float[3], 1, 3);
    var elements = Elements.of(predictions, new float[3]);
    PointwiseLoss.builder(new SquaredError())
        .build()
        .lossAndGradient(elements.upstream(0), gradient);
    assertArrayEquals(new float[] {0, 0, NAN}, gradient.floats());
    PointwiseLoss.builder(new SquaredError())
        .reduction(Reduction.NONE)
        .build()
        .lossAndGradient(elements.upstream(new float[3]), gradient);
    assertArrayEquals(new float[] {0, 0, NAN}, gradient.floats());
  }
}
