package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * A pointwise loss over a batch.
 *
 * <p>An element with weight 0 or a false mask is not read, gives 0 and has gradient +0. One with a
 * NaN among what it reads is NaN in all its results.
 *
 * @param formula the loss
 * @param reduction how the elements combine
 * @param denominator what MEAN divides by, or null for the default of the loss
 */
public record PointwiseReference(
    PointwiseFormula formula, Reduction reduction, Denominator denominator) {

  /** MEAN over the default denominator of the loss. */
  public PointwiseReference(PointwiseFormula formula) {
    this(formula, Reduction.MEAN, null);
  }

  /** Loss, gradients and Hessian, in 100 digits for a small batch, else in double-double. */
  public PointwiseResult<?> evaluate(PointwiseBatch batch) {
    return Weighing.suitsHundredDigits(new Elements(batch), 1)
        ? evaluate(batch, HundredDigits.of(1))
        : evaluate(batch, DoubleDouble.of(1));
  }

  /** Evaluates in a given arithmetic. */
  <R extends Real<R>> PointwiseResult<R> evaluate(PointwiseBatch batch, R one) {
    int size = batch.predictions().length;
    Arguments.requireUpstream(batch.upstream(), reduction, size);
    if (formula.hasSecondParameter() && batch.extra() == null) {
      throw new IllegalArgumentException(
          "extra = null, expected the second parameter of " + formula.name());
    }
    Elements items = new Elements(batch);
    Denominator chosen = denominator == null ? formula.defaultDenominator() : denominator;
    Weighing<R> weighing = new Weighing<>(items, reduction, chosen, one);
    List<Element<R>> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(items.isKept(i) ? element(batch, i, one) : Element.zero(one));
    }
    return new PointwiseResult<>(weighing, elements, formula.hasSecondParameter());
  }

  private <R extends Real<R>> Element<R> element(PointwiseBatch batch, int i, R one) {
    R p = one.constant(batch.predictions()[i]);
    R t = one.constant(batch.targets()[i]);
    R extra = batch.extra() == null ? null : one.constant(batch.extra()[i]);
    boolean isNaN = p.isNaN() || t.isNaN() || extra != null && extra.isNaN();
    return isNaN ? Element.undefined(one) : formula.at(p, t, extra, batch.type());
  }

  /** The elements of a batch as a reduction sees them. */
  private record Elements(PointwiseBatch batch) implements Weighing.Items {

    @Override
    public int size() {
      return batch.predictions().length;
    }

    @Override
    public boolean isKept(int i) {
      return (batch.mask() == null || batch.mask()[i]) && weight(i) != 0;
    }

    @Override
    public double weight(int i) {
      return batch.weights() == null ? 1 : batch.weights()[i];
    }

    @Override
    public double upstream(int i) {
      double[] upstream = batch.upstream();
      return upstream == null ? 1 : upstream[upstream.length == 1 ? 0 : i];
    }
  }
}
