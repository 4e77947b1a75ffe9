package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.guard.ClipByNorm;
import io.github.surprisal.guard.ClipByUnit;
import io.github.surprisal.guard.ClipByValue;
import io.github.surprisal.guard.ClipByZScore;
import io.github.surprisal.guard.LossScaling;
import io.github.surprisal.guard.NonFinite;
import io.github.surprisal.pointwise.AbsolutePercentageError;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Cauchy;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import io.github.surprisal.pointwise.Expectile;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.Hinge;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PseudoHuber;
import io.github.surprisal.pointwise.Quantile;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.pointwise.SmoothL1;
import io.github.surprisal.pointwise.SquaredHinge;
import io.github.surprisal.pointwise.Tukey;
import io.github.surprisal.pointwise.Tweedie;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.SoftmaxFocal;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ends of the range of each option are accepted, and the next numbers beyond are refused. */
class OptionRangesTest {
  private static final double MOST = Double.MAX_VALUE;
  private static final double ABOVE_0 = Double.MIN_VALUE;

  /** An option, and the least and the largest number that it may be. */
  record Range(String name, double least, double most, DoubleConsumer option) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Range> ranges() {
    return List.of(
        new Range("percentage, epsilon", ABOVE_0, MOST, AbsolutePercentageError::new),
        new Range("asymmetric, positive", 0, MOST, x -> new AsymmetricFocal(x, 1, 0.1)),
        new Range("asymmetric, negative", 0, MOST, x -> new AsymmetricFocal(1, x, 0.1)),
        new Range("asymmetric, margin", 0, 1, x -> new AsymmetricFocal(1, 1, x)),
        new Range("binary, epsilon", 0, Math.nextDown(0.5), BinaryCrossEntropy::new),
        new Range("logits, smoothing", 0, 1, x -> new BinaryCrossEntropyWithLogits(1, x)),
        new Range("Cauchy, c", ABOVE_0, MOST, Cauchy::new),
        new Range("insensitive, epsilon", 0, MOST, EpsilonInsensitive::new),
        new Range("expectile, alpha", 0, 1, Expectile::new),
        new Range("Gaussian, epsilon", ABOVE_0, MOST, x -> new GaussianNll(false, x)),
        new Range("hinge, margin", 0, MOST, Hinge::new),
        new Range("squared hinge, margin", 0, MOST, SquaredHinge::new),
        new Range("Huber, delta", ABOVE_0, MOST, Huber::new),
        new Range("pseudo-Huber, delta", ABOVE_0, MOST, PseudoHuber::new),
        new Range("quantile, alpha", 0, 1, Quantile::new),
        new Range("focal, gamma", 0, MOST, x -> new SigmoidFocal(x, 0.5)),
        new Range("focal, alpha", -MOST, 1, x -> new SigmoidFocal(2, x)),
        new Range("smooth L1, beta", 0, MOST, SmoothL1::new),
        new Range("Tukey, c", ABOVE_0, MOST, Tukey::new),
        new Range("Tweedie, rho", 1, 2, Tweedie::new),
        new Range("reduction, count", 0, MOST, Reduction::meanOver),
        new Range("temperature", 0x1p-100, 0x1p100, x -> CrossEntropy.builder().temperature(x)),
        new Range("softcap", 0x1p-20, 0x1p20, x -> CrossEntropy.builder().softcap(x)),
        new Range("label smoothing", 0, 1, x -> CrossEntropy.builder().labelSmoothing(x)),
        new Range("z-loss", 0, MOST, x -> CrossEntropy.builder().zLoss(x)),
        new Range("entropy", -MOST, MOST, x -> CrossEntropy.builder().entropyWeight(x)),
        new Range("class weights", -MOST, MOST, x -> CrossEntropy.builder().classWeights(x)),
        new Range("softmax focal, gamma", 0, MOST, x -> SoftmaxFocal.builder().gamma(x)),
        new Range("poly, epsilon", -MOST, MOST, x -> PolyLoss.builder().epsilon(x)),
        new Range("generalized, q", ABOVE_0, 1, x -> GeneralizedCrossEntropy.builder().q(x)),
        new Range("hard weight", 0, 1, x -> Distillation.builder().hardWeight(x)),
        new Range("teacher", 0x1p-100, 0x1p100, x -> Distillation.builder().teacherTemperature(x)),
        new Range("multi-margin", 0, MOST, x -> MultiMargin.builder().margin(x)),
        new Range("Crammer-Singer", 0, MOST, x -> CrammerSinger.builder().margin(x)),
        new Range("clip, maxNorm", ABOVE_0, MOST, ClipByNorm::new),
        new Range("clip, limit", ABOVE_0, MOST, ClipByValue::new),
        new Range("clip, factor", ABOVE_0, MOST, ClipByUnit::new),
        new Range("clip, epsilon", ABOVE_0, MOST, x -> new ClipByUnit(1, x, NonFinite.SKIP)),
        new Range("z-score, threshold", ABOVE_0, MOST, x -> ClipByZScore.builder().threshold(x)),
        new Range("z-score, decay", 0, Math.nextDown(1.0), x -> ClipByZScore.builder().decay(x)),
        new Range("z-score, least", 0, MOST, x -> ClipByZScore.builder().leastDeviation(x)),
        new Range("scaling, growth", 1, MOST, x -> LossScaling.builder().growthFactor(x)),
        new Range(
            "scaling, back-off",
            ABOVE_0,
            Math.nextDown(1.0),
            x -> LossScaling.builder().backoffFactor(x)),
        new Range("scaling, initial", ABOVE_0, MOST, x -> LossScaling.builder().initialScale(x)),
        new Range(
            "scaling, least", Double.MIN_NORMAL, MOST, x -> LossScaling.builder().minScale(x)),
        new Range("scaling, most", ABOVE_0, MOST, x -> LossScaling.builder().maxScale(x)),
        new Range("softmax", 0x1p-100, 0x1p100, x -> Softmax.builder().temperature(x).build()),
        new Range(
            "log-softmax", 0x1p-100, 0x1p100, x -> LogSoftmax.builder().temperature(x).build()),
        new Range(
            "log-sum-exp", 0x1p-100, 0x1p100, x -> LogSumExp.builder().temperature(x).build()));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void endsAreAcceptedAndNoFurther(Range range) {
    range.option().accept(range.least());
    range.option().accept(range.most());
    for (double beyond : new double[] {Math.nextDown(range.least()), Math.nextUp(range.most())}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> range.option().accept(beyond),
          () -> range + " = " + beyond);
    }
  }

  /** Its ends are losses of their own. */
  @ParameterizedTest
  @MethodSource("betas")
  void jensenShannon(double beta, boolean accepted) {
    if (accepted) {
      Distillation.builder().divergence(new Divergence.JensenShannon(beta));
    } else {
      assertThrows(
          IllegalArgumentException.class,
          () -> Distillation.builder().divergence(new Divergence.JensenShannon(beta)));
    }
  }

  static List<Object[]> betas() {
    return List.of(
        new Object[] {0, true},
        new Object[] {Math.nextDown(0x1p-20), false},
        new Object[] {0x1p-20, true},
        new Object[] {1 - 0x1p-20, true},
        new Object[] {Math.nextUp(1 - 0x1p-20), false},
        new Object[] {1, true},
        new Object[] {-ABOVE_0, false},
        new Object[] {Math.nextUp(1.0), false});
  }
}
