package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.ClassificationFormula;
import io.github.surprisal.reference.ClassificationReference;
import io.github.surprisal.reference.LogitOptions;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.ProbabilityLosses;
import io.github.surprisal.reference.Real;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SoftmaxLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of the label's probability against the oracle. */
class LabelLossOracleTest {
  private static final int[] CLASSES = {1, 2, 10, 33};

  /** A loss and its oracle. */
  record Pair(SoftmaxLoss.Builder<?> builder, ClassificationFormula formula) {
    SoftmaxLoss loss(CrossEntropyCase c) {
      if (c.classWeights != null) {
        builder.classWeights(c.classWeights);
      }
      builder.temperature(c.temperature).softcap(c.softcap);
      return switch (builder) {
        case SoftmaxFocal.Builder b -> b.build();
        case PolyLoss.Builder b -> b.build();
        case GeneralizedCrossEntropy.Builder b -> b.build();
        case CrossEntropy.Builder b -> b.build();
      };
    }

    @Override
    public String toString() {
      return formula.toString();
    }
  }

  private static Pair focal(double gamma) {
    return new Pair(SoftmaxFocal.builder().gamma(gamma), new ProbabilityLosses.SoftmaxFocal(gamma));
  }

  private static Pair poly(double epsilon) {
    return new Pair(PolyLoss.builder().epsilon(epsilon), new ProbabilityLosses.Poly1(epsilon));
  }

  private static Pair generalized(double q) {
    return new Pair(
        GeneralizedCrossEntropy.builder().q(q), new ProbabilityLosses.GeneralizedCrossEntropy(q));
  }

  private static List<Pair> pairs() {
    return List.of(
        focal(0),
        focal(0.5),
        focal(1),
        focal(2),
        focal(3.7),
        poly(1),
        poly(-1.5),
        poly(6),
        generalized(0.7),
        generalized(1),
        generalized(0.01));
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
        // Row weights, class weights, temperature, softcap and allowed classes.
        options = (options * 5 + 3) % 1024 & (2 | 8 | 16 | 32 | 256 | 512);
        var c = new CrossEntropyCase(options + 1, regime, 3, classes).with(options);
        check(pairs().get(index), c, Precision.FLOAT32, Precision.FLOAT64);
        options += classes;
      }
    }
    check(pairs().get(index), new CrossEntropyCase(1, Regime.NORMAL, 2, 2049), Precision.FLOAT32);
  }

  private static void check(Pair pair, CrossEntropyCase c, Precision... precisions) {
    var logits = new LogitOptions(c.temperature, c.softcap);
    var oracle = new ClassificationReference(pair.formula, c.options(), logits);
    var expected = oracle.evaluate(c.oracleBatch());
    for (Precision precision : precisions) {
      check(pair, c, expected, precision);
    }
  }

  private static void check(
      Pair pair, CrossEntropyCase c, LossResult<?> expected, Precision precision) {
    boolean floats = precision == Precision.FLOAT32;
    double[] gradient = new double[c.rows * c.classes];
    float[] gradientF32 = new float[gradient.length];
    double[] losses = new double[c.rows];
    var batch = c.batch(floats ? c.matrixF32(c.logits) : c.matrixF64(c.logits), null);
    pair.loss(c)
        .lossAndGradient(
            batch.losses(losses),
            floats
                ? Matrix.of(gradientF32, c.rows, c.classes)
                : Matrix.of(gradient, c.rows, c.classes));
    for (int i = 0; floats && i < gradient.length; i++) {
      gradient[i] = gradientF32[i];
    }
    check(pair, c, expected, losses, gradient, precision);
  }

  private static <R extends Real<R>> void check(
      Pair pair,
      CrossEntropyCase c,
      LossResult<R> expected,
      double[] losses,
      double[] gradient,
      Precision precision) {
    double bound = pair.loss(c).bounds().loss().of(c.classes);
    double log = precision == Precision.FLOAT64 ? 2 * 750 : 0;
    bound += pair.formula instanceof ProbabilityLosses.GeneralizedCrossEntropy g ? g.q() * log : 0;
    double flushed = c.flushed(expected, precision);
    for (int row = 0; row < c.rows; row++) {
      double ulps = expected.lossUlps(row, losses[row], precision);
      double exact = expected.losses(precision)[row];
      double loss = losses[row];
      assertTrue(
          ulps <= bound || Math.abs(loss - exact) <= flushed || Math.abs(loss) > precision.max(),
          () -> "%s, %s: loss %s, expected %s, %f ulp".formatted(pair, c, loss, exact, ulps));
    }
    double[] rounded = expected.gradient(precision);
    for (int i = 0; i < gradient.length; i++) {
      int at = i;
      double ulps = expected.gradientUlps(i, gradient[i], precision);
      assertTrue(
          ulps <= bound || Math.abs(gradient[i] - rounded[i]) <= flushed,
          () ->
              "%s, %s: gradient[%d] = %s, expected %s, %f ulp"
                  .formatted(pair, c, at, gradient[at], rounded[at], ulps));
    }
  }

  @Test
  void whatTheyBecomeAtTheirEnds() {
    float[] logits = {1, -2, 0.5f, 3, 0, 0};
    int[] labels = {2, 0};
    double plain = CrossEntropy.builder().build().loss(logits, labels);
    assertEquals(plain, SoftmaxFocal.builder().gamma(0).build().loss(logits, labels));
    assertEquals(plain, PolyLoss.builder().epsilon(0).build().loss(logits, labels));
    var nearly = GeneralizedCrossEntropy.builder().q(1e-9).build();
    assertEquals(plain, nearly.loss(logits, labels), 1e-8);
  }

  @Test
  void aCertainRowIsNotNaN() {
    for (double gamma : new double[] {0, 0.1, 0.5, 1, 2, 5}) {
      var focal = SoftmaxFocal.builder().gamma(gamma).build();
      float[] gradient = new float[2];
      assertEquals(0, focal.lossAndGradient(new float[] {1e30f, 0}, new int[] {0}, gradient));
      assertEquals(0, gradient[0]);
      assertEquals(0, gradient[1]);
    }
  }

  @Test
  void anImpossibleLabel() {
    var losses = new ArrayList<SoftmaxLoss>();
    losses.add(SoftmaxFocal.builder().build());
    losses.add(PolyLoss.builder().build());
    double[] logits = {0, Double.NEGATIVE_INFINITY};
    double[] gradient = new double[2];
    for (var loss : losses) {
      assertEquals(Double.POSITIVE_INFINITY, loss.lossAndGradient(logits, new int[] {1}, gradient));
      assertEquals(1, gradient[0]);
      assertEquals(-1, gradient[1]);
    }
    var generalized = GeneralizedCrossEntropy.builder().q(0.5).build();
    assertEquals(2, generalized.lossAndGradient(logits, new int[] {1}, gradient));
    assertEquals(0, gradient[0]);
    assertEquals(0, gradient[1]);
  }
}
