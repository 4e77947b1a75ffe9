package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of rows and of classes: at the ends of the range of double, and of either sign. */
class WeightRulesTest {
  private static final int[] LABELS = {0, 2, 1};
  private static final double[] LOGITS = {1, 2, 3, -1, 0.5, 0, 4, 4, -30};
  private static final double[] TARGETS = {0.5, 0.5, 0, 1.5, -0.5, 0, -1, 0, 0.25};

  private static RowLoss[] losses(Reduction reduction, double... classWeights) {
    return new RowLoss[] {
      set(CrossEntropy.builder(), reduction, classWeights).build(),
      set(CrossEntropy.builder().labelSmoothing(0.1), reduction, classWeights).build(),
      set(
              CrossEntropy.builder().labelSmoothing(0.1).temperature(2).zLoss(0.1),
              reduction,
              classWeights)
          .build(),
      set(SoftmaxFocal.builder(), reduction, classWeights).build(),
      set(PolyLoss.builder(), reduction, classWeights).build(),
      set(GeneralizedCrossEntropy.builder(), reduction, classWeights).build(),
      set(NegativeLogLikelihood.builder(), reduction, classWeights).build(),
      set(MultiMargin.builder(), reduction, classWeights).build(),
      set(CrammerSinger.builder(), reduction, classWeights).build(),
      set(SparsemaxLoss.builder(), reduction, classWeights).build()
    };
  }

  private static <B extends RowLoss.Builder<B>> B set(B builder, Reduction reduction, double... w) {
    builder.reduction(reduction);
    return w.length == 0 ? builder : builder.classWeights(w);
  }

  private static Matrix matrix(double[] values, boolean floats, boolean columnMajor) {
    double[] laid = values.clone();
    for (int i = 0; columnMajor && i < laid.length; i++) {
      laid[i % 3 * 3 + i / 3] = values[i];
    }
    if (columnMajor) {
      return floats
          ? Matrix.columnMajor(CrossEntropyCase.toFloats(laid), 3, 3)
          : Matrix.columnMajor(laid, 3, 3);
    }
    return floats ? Matrix.of(CrossEntropyCase.toFloats(laid), 3, 3) : Matrix.of(laid, 3, 3);
  }

  /** Loss and gradient of three rows. */
  private static double[] evaluate(
      RowLoss loss, UnaryOperator<Batch> options, boolean floats, boolean columnMajor) {
    var gradient = matrix(new double[9], floats, columnMajor);
    var batch = Batch.of(matrix(LOGITS, floats, columnMajor), LABELS);
    double value = loss.lossAndGradient(options.apply(batch), gradient);
    double[] results = Arrays.copyOf(numbers(gradient), 10);
    results[9] = value;
    return results;
  }

  private static double[] numbers(Matrix matrix) {
    return matrix.floats() == null ? matrix.doubles() : RowFunctionCase.toDoubles(matrix.floats());
  }

  /** Within some ulp of the largest. */
  private static void assertSame(double[] expected, double[] actual, boolean floats, String name) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double ulp = floats ? Math.ulp((float) largest) : Math.ulp(largest);
    assertArrayEquals(expected, actual, 4 * ulp, name);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-310, 1e-300, 1e-100, 1e-40, 1e39, 1e100, 1e300, 1.7e308, -1, -1e39})
  void aWeightedMeanCancelsTheSizeOfWeights(double size) {
    var mean = Reduction.mean(Denominator.WEIGHTS);
    RowLoss[] plain = losses(mean);
    RowLoss[] weighted = losses(mean, size, size, size);
    double[] rows = {size, size, size};
    for (int i = 0; i < plain.length; i++) {
      for (int form = 0; form < 4; form++) {
        boolean floats = form % 2 == 0;
        boolean columnMajor = form / 2 == 0;
        double[] expected = evaluate(plain[i], b -> b, floats, columnMajor);
        String name = "loss " + i + ", form " + form;
        assertSame(
            expected,
            evaluate(weighted[i], b -> b, floats, columnMajor),
            floats,
            "classes, " + name);
        double[] ofRows = evaluate(plain[i], b -> b.weights(rows), floats, columnMajor);
        assertSame(expected, ofRows, floats, "rows, " + name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-310, 1e-40, 1e39, 1e300})
  void theInverseAsUpstreamCancelsTheSizeOfWeights(double size) {
    double[] rows = {size, size, size};
    double[] inverse = {1 / size * 0.5, 1 / size * 0.5, 1 / size * 0.5};
    if (Double.isInfinite(inverse[0])) {
      Arrays.fill(inverse, 0.5e300);
      Arrays.fill(rows, 1e-300);
    }
    RowLoss[] plain = losses(Reduction.NONE);
    for (int i = 0; i < plain.length; i++) {
      for (boolean floats : new boolean[] {true, false}) {
        double[] expected =
            evaluate(plain[i], b -> b.upstream(new double[] {0.5, 0.5, 0.5}), floats, false);
        double[] actual = evaluate(plain[i], b -> b.weights(rows).upstream(inverse), floats, false);
        expected[9] = 0;
        actual[9] = 0;
        assertSame(expected, actual, floats, "loss " + i);
      }
    }
  }

  @Test
  void aWeightedSumOverAGivenNumberCancelsItsSize() {
    for (boolean floats : new boolean[] {true, false}) {
      double[] rows = {1e308, 1e308, 1e308};
      RowLoss[] weighted = losses(Reduction.meanOver(1e308));
      RowLoss[] plain = losses(Reduction.SUM);
      for (int i = 0; i < plain.length; i++) {
        double[] actual = evaluate(weighted[i], b -> b.weights(rows), floats, false);
        assertSame(evaluate(plain[i], b -> b, floats, false), actual, floats, "loss " + i);
      }
    }
  }

  @Test
  void rowLossesAreThoseOfTheirWeights() {
    double[] rows = {1e308, 1e-310, -2};
    double[] losses = new double[3];
    double[] plain = new double[3];
    var batch = Batch.of(Matrix.of(LOGITS, 3, 3), LABELS);
    CrossEntropy.builder().build().loss(batch.losses(plain));
    CrossEntropy.builder().build().loss(batch.weights(rows).losses(losses));
    assertEquals(Double.POSITIVE_INFINITY, losses[0], "2.4e308");
    assertEquals(1e-310 * plain[1], losses[1], Double.MIN_VALUE);
    assertEquals(-2 * plain[2], losses[2]);
    var large = CrossEntropy.builder().classWeights(1e307, 1e-300, 1e-310).build();
    large.loss(batch.losses(losses));
    assertEquals(1e307 * plain[0], losses[0], 1e293);
    assertEquals(1e-310 * plain[1], losses[1], 1e-323);
  }

  @Test
  void aGradientIsInfiniteOnlyWhereItsValueIs() {
    float[] gradient = new float[3];
    var batch = Batch.of(Matrix.of(new float[] {0, -60, -200}, 1, 3), new int[] {0});
    var sum = CrossEntropy.builder().reduction(Reduction.SUM).build();
    sum.lossAndGradient(batch.weights(new double[] {1e45}), Matrix.of(gradient, 1, 3));
    double p = Math.exp(-60);
    assertEquals(1e45 * p, gradient[1], 1e45 * p * 1e-6);
    assertEquals(-1e45 * p, gradient[0], 1e45 * p * 1e-6);
    assertEquals(0, gradient[2]);
  }

  @Test
  void aHessianHasTheSizeOfItsWeight() {
    for (HessianConvention convention : HessianConvention.values()) {
      var loss = CrossEntropy.builder().hessianConvention(convention).build();
      var plain = Matrix.of(new float[9], 3, 3);
      var small = Matrix.of(new float[9], 3, 3);
      var batch = Batch.of(matrix(LOGITS, true, false), LABELS);
      loss.gradientAndHessian(batch, Matrix.of(new float[9], 3, 3), plain);
      batch = batch.weights(new double[] {0x1p-100, -0x1p-100, 0x1p100});
      loss.gradientAndHessian(batch, Matrix.of(new float[9], 3, 3), small);
      for (int i = 0; i < 9; i++) {
        double weight = i / 3 == 2 ? 0x1p100 : i / 3 == 1 ? -0x1p-100 : 0x1p-100;
        double exact = plain.floats()[i] * weight;
        double floor = convention.isXgboost() ? 1e-16 : exact;
        boolean floored = convention.isXgboost() && plain.floats()[i] == 1e-16f;
        if (!floored) {
          double expected = Math.max(exact, floor);
          assertEquals(expected, small.floats()[i], Math.abs(expected) * 1e-7, "" + i);
        }
      }
    }
  }

  @Test
  void aNegativeWeightTurnsLossAndGradientRound() {
    for (RowLoss loss : losses(Reduction.SUM)) {
      for (boolean floats : new boolean[] {true, false}) {
        double[] plain = evaluate(loss, b -> b, floats, false);
        double[] turned = evaluate(loss, b -> b.weights(new double[] {-1, -1, -1}), floats, false);
        for (int i = 0; i < 10; i++) {
          assertEquals(0 - plain[i], 0 + turned[i]);
        }
      }
    }
  }

  @Test
  void targetProbabilitiesMayHaveAnySign() {
    for (boolean floats : new boolean[] {true, false}) {
      var gradient = matrix(new double[9], floats, false);
      var batch = Batch.of(matrix(LOGITS, floats, false), matrix(TARGETS, floats, false));
      double[] losses = new double[3];
      var sum = CrossEntropy.builder().reduction(Reduction.SUM).build();
      sum.lossAndGradient(batch.losses(losses), gradient);
      for (int row = 0; row < 3; row++) {
        double total = 0;
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < 3; j++) {
          max = Math.max(max, LOGITS[3 * row + j]);
        }
        for (int j = 0; j < 3; j++) {
          total += Math.exp(LOGITS[3 * row + j] - max);
        }
        double mass = TARGETS[3 * row] + TARGETS[3 * row + 1] + TARGETS[3 * row + 2];
        double loss = 0;
        for (int j = 0; j < 3; j++) {
          double nll = max - LOGITS[3 * row + j] + Math.log(total);
          loss += TARGETS[3 * row + j] * nll;
          double exact = mass * Math.exp(-nll) - TARGETS[3 * row + j];
          assertEquals(exact, numbers(gradient)[3 * row + j], floats ? 1e-6 : 1e-14);
        }
        assertEquals(loss, losses[row], floats ? 1e-5 : 1e-13);
      }
    }
  }

  @Test
  void onlyNaNWeightsGiveNaN() {
    double[] weights = {Double.NaN, -1, 0};
    for (RowLoss loss : losses(Reduction.SUM)) {
      double[] results = evaluate(loss, b -> b.weights(weights), true, false);
      for (int i = 0; i < 3; i++) {
        assertTrue(Double.isNaN(results[i]), loss + " " + i);
        assertTrue(Double.isFinite(results[3 + i]), loss + " " + i);
        assertEquals(0, results[6 + i], "weight 0 masks");
      }
    }
  }

  @Test
  void aMeanOverADenominatorOfZeroDividesAsWritten() {
    double[] cancelling = {1, -1, 0};
    for (boolean floats : new boolean[] {true, false}) {
      for (boolean columnMajor : new boolean[] {true, false}) {
        var loss = CrossEntropy.builder().build();
        double[] sum =
            evaluate(
                CrossEntropy.builder().reduction(Reduction.SUM).build(),
                b -> b.weights(cancelling),
                floats,
                columnMajor);
        double[] mean = evaluate(loss, b -> b.weights(cancelling), floats, columnMajor);
        for (int i = 0; i < 10; i++) {
          boolean masked = columnMajor ? i % 3 == 2 : i / 3 == 2;
          assertEquals(masked && i < 9 ? 0 : sum[i] / 0.0, mean[i]);
        }
      }
    }
    float[] gradient = {5, 5};
    var none = CrossEntropy.builder().reduction(Reduction.meanOver(0)).build();
    double infinite = none.lossAndGradient(new float[] {0, 1}, new int[] {1}, gradient);
    assertEquals(Double.POSITIVE_INFINITY, infinite);
    assertArrayEquals(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}, gradient);
    assertEquals(0, none.lossAndGradient(new float[] {0, 1}, new int[] {-100}, gradient));
    assertArrayEquals(new float[2], gradient);
  }

  /** A class weight is no mask: the row counts, though the weighted mean divides by nothing. */
  @Test
  void aLabelWhoseClassWeightIsZeroCounts() {
    var builder = CrossEntropy.builder().classWeights(0, 1).labelSmoothing(0.1);
    float[] logits = {1, 2};
    int[] label = {0};
    var total = new LossSum();
    var batch = Batch.of(Matrix.of(logits, 1, 2), label);
    double sum = builder.reduction(Reduction.SUM).build().loss(batch.sum(total));
    assertEquals(0.05 * Math.log1p(Math.exp(-1)), sum, 1e-8);
    assertEquals(1, total.rowsKept());
    assertEquals(0, total.weight());
    assertEquals(Double.POSITIVE_INFINITY, total.mean());
    assertEquals(sum, builder.reduction(Reduction.mean(Denominator.KEPT)).build().loss(batch));
    float[] gradient = new float[2];
    var mean = builder.reduction(Reduction.MEAN).build();
    assertEquals(Double.POSITIVE_INFINITY, mean.lossAndGradient(logits, label, gradient));
    assertArrayEquals(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}, gradient);
    var hard = CrossEntropy.builder().classWeights(0, 1).build();
    assertTrue(Double.isNaN(hard.lossAndGradient(logits, label, gradient)), "0 / 0");
    // Beside another row it adds its smoothing's share to the sum, and nothing to the weights.
    double both = mean.loss(new float[] {1, 2, 1, 2}, new int[] {0, 1});
    double other = mean.loss(logits, new int[] {1});
    assertEquals(sum + other, both, 1e-8);
  }
}
