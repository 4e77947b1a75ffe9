package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.ClassificationFormula;
import io.github.surprisal.reference.ClassificationReference;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.MulticlassLosses;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.Real;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.Sparsemax;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of scores that are no losses of a softmax, against the oracle. */
class ScoreLossOracleTest {
  private static final int[] CLASSES = {1, 2, 3, 10, 15, 16, 17, 33, 65, 70};

  /** A loss and its oracle. */
  record Pair(RowLoss.Builder<?> builder, ClassificationFormula formula) {
    RowLoss loss(double[] classWeights) {
      if (classWeights != null) {
        builder.classWeights(classWeights);
      }
      return switch (builder) {
        case MultiMargin.Builder b -> b.build();
        case CrammerSinger.Builder b -> b.build();
        case SparsemaxLoss.Builder b -> b.build();
        default -> throw new AssertionError(builder);
      };
    }
  }

  static Pair multiMargin(int p, double margin) {
    return new Pair(
        MultiMargin.builder().p(p).margin(margin), new MulticlassLosses.MultiMargin(p, margin));
  }

  static Pair crammerSinger(double margin) {
    return new Pair(
        CrammerSinger.builder().margin(margin), new MulticlassLosses.CrammerSinger(margin));
  }

  static List<Pair> pairs() {
    return List.of(
        multiMargin(1, 1),
        multiMargin(2, 1),
        multiMargin(1, 0.1),
        multiMargin(2, 0),
        crammerSinger(1),
        crammerSinger(0),
        crammerSinger(0.3),
        new Pair(SparsemaxLoss.builder(), new MulticlassLosses.Sparsemax()));
  }

  static List<Integer> losses() {
    return IntStream.range(0, pairs().size()).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agree(int index) {
    int options = 0;
    for (Regime regime : Regime.values()) {
      for (int classes : CLASSES) {
        // Row weights, class weights and allowed classes.
        options = (options * 5 + 3) % 1024 & (2 | 8 | 256 | 512);
        check(pairs().get(index), new CrossEntropyCase(options, regime, 3, classes).with(options));
        options += classes;
      }
      check(pairs().get(index), new CrossEntropyCase(2, regime, 1, 2048));
      check(pairs().get(index), new CrossEntropyCase(3, regime, 2, 2049).with(256));
    }
  }

  /** Scores on a grid, where margins are kept exactly and supports have ties. */
  @ParameterizedTest
  @MethodSource("losses")
  void agreeWhereScoresAreEqual(int index) {
    var random = new SplittableRandom(5);
    for (int classes : CLASSES) {
      var c = new CrossEntropyCase(1, Regime.NORMAL, 5, classes);
      for (int i = 0; i < c.logits.length; i++) {
        c.logits[i] = random.nextInt(-4, 5) / 4.0;
      }
      check(pairs().get(index), c);
    }
  }

  /** Scores that keep the margin exactly, or miss it by an ulp, in either type. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.7, 1.1})
  void agreeAtTheMargin(double margin) {
    for (var type : List.of(Precision.FLOAT32, Precision.FLOAT64)) {
      double bound = type == Precision.FLOAT32 ? (float) margin : margin;
      double ulp = type == Precision.FLOAT32 ? Math.ulp((float) margin) : Math.ulp(margin);
      for (double labelScore : new double[] {0, bound - ulp, bound, bound + ulp}) {
        for (int steps = -2; steps <= 2; steps++) {
          var c = new CrossEntropyCase(1, Regime.NORMAL, 1, 2);
          c.logits[c.labels[0]] = labelScore;
          c.logits[1 - c.labels[0]] = labelScore == 0 ? -bound + steps * ulp : 0;
          for (var pair : List.of(multiMargin(1, margin), multiMargin(2, margin))) {
            check(pair, c, type);
          }
          check(crammerSinger(margin), c, type);
        }
      }
    }
  }

  private static void check(Pair pair, CrossEntropyCase c) {
    check(pair, c, Precision.FLOAT32);
    check(pair, c, Precision.FLOAT64);
  }

  private static void check(Pair pair, CrossEntropyCase c, Precision type) {
    var oracle = new ClassificationReference(pair.formula, c.options());
    check(pair, c, oracle.evaluate(c.oracleBatch().withType(type)), type);
  }

  private static void check(
      Pair pair, CrossEntropyCase c, LossResult<?> expected, Precision precision) {
    boolean floats = precision == Precision.FLOAT32;
    double[] gradient = new double[c.rows * c.classes];
    float[] gradientF32 = new float[gradient.length];
    double[] losses = new double[c.rows];
    var batch = c.batch(floats ? c.matrixF32(c.logits) : c.matrixF64(c.logits), null);
    pair.loss(c.classWeights)
        .lossAndGradient(
            batch.losses(losses),
            floats
                ? Matrix.of(gradientF32, c.rows, c.classes)
                : Matrix.of(gradient, c.rows, c.classes));
    gradient = floats ? RowFunctionCase.toDoubles(gradientF32) : gradient;
    check(pair, c, expected, losses, gradient, precision);
  }

  private static <R extends Real<R>> void check(
      Pair pair,
      CrossEntropyCase c,
      LossResult<R> expected,
      double[] losses,
      double[] gradient,
      Precision precision) {
    Bounds bounds = pair.loss(c.classWeights).bounds();
    double bound = bounds.loss().of(c.classes);
    double slopes = bounds.gradient().of(c.classes);
    double[] exact = expected.losses(precision);
    for (int row = 0; row < c.rows; row++) {
      int at = row;
      double ulps = expected.lossUlps(row, losses[row], precision);
      assertTrue(
          ulps <= bound || Math.abs(losses[row]) > precision.max(),
          () ->
              "%s, %s: loss %s, expected %s, %f ulp"
                  .formatted(pair.formula, c, losses[at], exact[at], ulps));
    }
    double[] rounded = expected.gradient(precision);
    for (int i = 0; i < gradient.length; i++) {
      int at = i;
      double ulps = expected.gradientUlps(i, gradient[i], precision);
      assertTrue(
          ulps <= slopes,
          () ->
              "%s, %s: gradient[%d] = %s, expected %s, %f ulp"
                  .formatted(pair.formula, c, at, gradient[at], rounded[at], ulps));
    }
  }

  @Test
  void sparsemaxGivesTheProbabilitiesOfItsLoss() {
    for (int classes : new int[] {1, 2, 16, 33, 100, 2049}) {
      var c = new CrossEntropyCase(classes, Regime.NORMAL, 1, classes);
      double[] p = new double[classes];
      double[] gradient = new double[classes];
      new Sparsemax().forward(c.logits, classes, p);
      SparsemaxLoss.builder().build().lossAndGradient(c.logits, c.labels, gradient);
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        assertEquals(p[j] - (j == c.labels[0] ? 1 : 0), gradient[j], 1e-15);
        sum += p[j];
      }
      assertEquals(1, sum, 1e-13);
    }
  }

  /** p as the kernel gives it has an exact support; the rest is one mean. */
  @Test
  void sparsemaxBackwardIsWithinItsBound() {
    for (int classes : new int[] {1, 2, 16, 33, 100, 2048, 2049, 5000}) {
      float[] p = new float[classes];
      var random = new SplittableRandom(classes);
      float[] z = new float[classes];
      float[] u = new float[classes];
      for (int j = 0; j < classes; j++) {
        z[j] = (float) random.nextDouble();
        u[j] = (float) random.nextDouble(-2, 2);
      }
      new Sparsemax().forward(z, classes, p);
      double sum = 0;
      int support = 0;
      for (int j = 0; j < classes; j++) {
        sum += p[j] > 0 ? u[j] : 0;
        support += p[j] > 0 ? 1 : 0;
      }
      float[] gradient = new float[classes];
      new Sparsemax().backward(p, u, classes, gradient);
      double bound = new Sparsemax().bounds().gradient().of(classes) * Math.ulp(1f);
      for (int j = 0; j < classes; j++) {
        double exact = p[j] > 0 ? u[j] - sum / support : 0;
        assertEquals(exact, gradient[j], p[j] > 0 ? bound : 0);
      }
    }
  }
}
