package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;
import java.util.Objects;

/**
 * Negative log-likelihood of a count t under a Poisson distribution, whose rate or its logarithm is
 * predicted.
 *
 * <p>Predictions are logarithms of rates, or rates if so told, targets are counts, numbers of at
 * least 0.
 *
 * <pre>
 *   l = e^p - t p + c,               l' = e^p - t,           l'' = e^p,                  of log-rates
 *   l = p - t log(p + epsilon) + c,  l' = 1 - t / (p + epsilon),  l'' = t / (p + epsilon)^2,  of rates
 * </pre>
 *
 * with the {@link CountTerm} c of t. Boosting libraries have another l'' of log-rates: {@link
 * HessianConvention}.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>finite log-rates give finite results, but where e^p overflows: loss and slope are then
 *       infinite;
 *   <li>a negative t is NaN; so is a rate below -epsilon;
 *   <li>a rate of -epsilon is a pole where t > 0, and costs -epsilon where t = 0;
 *   <li>a log-rate of -infinity costs infinity, or nothing where t = 0; a rate or log-rate of
 *       infinity costs infinity;
 *   <li>an infinite t gives, at a finite log-rate, slope -infinity, and with a count term loss
 *       infinity;
 *   <li>t may be a fraction; t = 0 and t = 1 have count term 0.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4, slope 2, curvature 4.
 *
 * @param logInput whether p is the logarithm of the rate
 * @param countTerm what is added for t; PyTorch's {@code full=True} is {@link CountTerm#STIRLING}
 * @param epsilon what is added to a rate
 */
public record PoissonNll(boolean logInput, CountTerm countTerm, @Threshold double epsilon)
    implements BuiltInFormula {
  /** What the loss adds for the count, without a part in the slope. */
  public enum CountTerm {
    /** Nothing. */
    NONE,

    /** As PyTorch, Stirling's formula t log t - t + log(2 pi t) / 2 where t > 1, else nothing. */
    STIRLING,

    /** log t! itself, as log Gamma(t + 1). */
    EXACT
  }

  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException unless {@code 0 <= epsilon < infinity}
   */
  public PoissonNll {
    Objects.requireNonNull(countTerm, "countTerm");
    Options.requireNonNegative("epsilon", epsilon);
  }

  /** Of log-rates, without count term. */
  public PoissonNll() {
    this(true, CountTerm.NONE, 1e-8);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(4, 2, 4);
  }
}
