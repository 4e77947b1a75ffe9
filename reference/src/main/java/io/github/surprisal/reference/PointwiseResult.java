package io.github.surprisal.reference;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a pointwise loss gives for a batch, exact until a {@link Precision} is named. An element is
 * a row of {@link LossResult}; there are no labels, hence no perplexity.
 *
 * @param <R> the arithmetic it was computed in
 */
public final class PointwiseResult<R extends Real<R>> extends LossResult<R> {

  private final List<R> lossTerms;
  private final List<R> hessian;
  private final List<R> hessianTerms;
  private final List<R> extraGradient;
  private final List<R> extraTerms;

  PointwiseResult(Weighing<R> weighing, List<Element<R>> elements, boolean hasSecondParameter) {
    super(
        weighing,
        list(elements, (i, e) -> weighing.weigh(i, e.value().sum())),
        list(elements, (i, e) -> weighing.scale(i, e.slope().sum())),
        list(elements, (i, e) -> weighing.scale(i, e.slope().largest()).abs()),
        weighing.sumOfWeights().constant(Double.NaN));
    lossTerms = list(elements, (i, e) -> weighing.weigh(i, e.value().largest()));
    hessian = list(elements, (i, e) -> weighing.weigh(i, e.curvature().sum()));
    hessianTerms = list(elements, (i, e) -> weighing.weigh(i, e.curvature().largest()));
    List<Element<R>> pairs = hasSecondParameter ? elements : List.of();
    extraGradient = list(pairs, (i, e) -> weighing.scale(i, e.extraSlope().sum()));
    extraTerms = list(pairs, (i, e) -> weighing.scale(i, e.extraSlope().largest()).abs());
  }

  /** One number of an element. */
  private interface Output<R extends Real<R>> {
    R of(int index, Element<R> element);
  }

  private static <R extends Real<R>> List<R> list(List<Element<R>> elements, Output<R> output) {
    return IntStream.range(0, elements.size())
        .mapToObj(i -> output.of(i, elements.get(i)))
        .toList();
  }

  /** Per element, the magnitude of the largest term of its weighted loss. */
  public double[] lossTerms(Precision precision) {
    return round(lossTerms, precision);
  }

  /** The error of someone's loss of one element in ulps of its largest term. */
  public double lossUlps(int index, double actual, Precision precision) {
    return precision.ulps(actual, exactLoss(index), lossTerms.get(index));
  }

  /**
   * The second derivative of each element's loss by its prediction, or a {@link HessianConvention},
   * times its weight: without upstream and denominator.
   */
  public double[] hessian(Precision precision) {
    return round(hessian, precision);
  }

  /** The second derivative of one element, exact. */
  public R exactHessian(int index) {
    return hessian.get(index);
  }

  /** Per element, the magnitude of the largest term of its second derivative. */
  public double[] hessianTerms(Precision precision) {
    return round(hessianTerms, precision);
  }

  /** The error of someone's second derivative in ulps of its largest term. */
  public double hessianUlps(int index, double actual, Precision precision) {
    return precision.ulps(actual, hessian.get(index), hessianTerms.get(index));
  }

  /**
   * The gradient by every second parameter, upstream and denominator applied; empty if the loss has
   * none.
   */
  public double[] extraGradient(Precision precision) {
    return round(extraGradient, precision);
  }

  /** The gradient by one second parameter, exact. */
  public R exactExtraGradient(int index) {
    return extraGradient.get(index);
  }

  /** Per second parameter, the magnitude of the largest term of its gradient. */
  public double[] extraGradientTerms(Precision precision) {
    return round(extraTerms, precision);
  }

  /** The error of someone's gradient by a second parameter in ulps of its largest term. */
  public double extraGradientUlps(int index, double actual, Precision precision) {
    return precision.ulps(actual, extraGradient.get(index), extraTerms.get(index));
  }
}
