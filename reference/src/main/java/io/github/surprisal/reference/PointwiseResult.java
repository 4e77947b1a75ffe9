package io.github.surprisal.reference;

import java.util.List;

/**
 * What a pointwise loss gives for a batch, exact until a {@link Precision} is named. An element is
 * a row of {@link LossResult}; there are no labels, hence no perplexity.
 *
 * @param <R> the arithmetic it was computed in
 */
public final class PointwiseResult<R extends Real<R>> extends LossResult<R> {

  private final List<Terms<R>> hessian;
  private final List<Terms<R>> extraGradient;

  PointwiseResult(Weighing<R> weighing, List<Element<R>> elements, boolean hasSecondParameter) {
    super(
        weighing,
        elements.stream().map(Element::value).toList(),
        elements.stream().map(e -> List.of(e.slope())).toList(),
        weighing.sumOfWeights().constant(Double.NaN));
    hessian = perItem(elements.stream().map(Element::curvature).toList(), weighing::weigh);
    List<Element<R>> pairs = hasSecondParameter ? elements : List.of();
    extraGradient = perItem(pairs.stream().map(Element::extraSlope).toList(), weighing::scale);
  }

  /**
   * The second derivative of each element's loss by its prediction, or a {@link HessianConvention},
   * times its weight: without upstream and denominator.
   */
  public double[] hessian(Precision precision) {
    return sums(hessian, precision);
  }

  /** The second derivative of one element, exact. */
  public R exactHessian(int index) {
    return hessian.get(index).sum();
  }

  /** Per element, the magnitude of the largest term of its second derivative. */
  public double[] hessianTerms(Precision precision) {
    return largest(hessian, precision);
  }

  /** The error of someone's second derivative in ulps of its largest term. */
  public double hessianUlps(int index, double actual, Precision precision) {
    return ulps(hessian.get(index), actual, precision);
  }

  /**
   * The gradient by every second parameter, upstream and denominator applied; empty if the loss has
   * none.
   */
  public double[] extraGradient(Precision precision) {
    return sums(extraGradient, precision);
  }

  /** The gradient by one second parameter, exact. */
  public R exactExtraGradient(int index) {
    return extraGradient.get(index).sum();
  }

  /** Per second parameter, the magnitude of the largest term of its gradient. */
  public double[] extraGradientTerms(Precision precision) {
    return largest(extraGradient, precision);
  }

  /** The error of someone's gradient by a second parameter in ulps of its largest term. */
  public double extraGradientUlps(int index, double actual, Precision precision) {
    return ulps(extraGradient.get(index), actual, precision);
  }
}
