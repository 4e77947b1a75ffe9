package io.github.surprisal.reference;

/** A loss of the difference d = p - t alone; infinity minus infinity is NaN. */
interface DifferenceFormula extends PointwiseFormula {

  /** Value, slope and curvature at a difference that is not NaN. */
  <R extends Real<R>> Element<R> at(R d, Precision type);

  @Override
  default <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
    R d = p.subtract(t);
    return d.isNaN() ? Element.undefined(d) : at(d, type);
  }
}
