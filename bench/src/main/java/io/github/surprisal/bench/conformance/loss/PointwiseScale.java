package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.reference.PointwiseResult;
import io.github.surprisal.reference.Precision;
import java.util.Map;

/**
 * In what the errors of a pointwise loss are counted: the magnitude of the largest term that each
 * result is made of, by the oracle. An error of x is gamma times as large in x^gamma, so that gamma
 * times the term is one too. What lies below the smallest normal number may be lost before it is
 * multiplied with factor f, so f MIN_NORMAL / eps is a term too. For element i with weight w,
 * upstream factor u and denominator D, f is w of loss and hessian and w u / D of gradients.
 */
final class PointwiseScale {
  private final PointwiseCase c;
  private final PointwiseResult<?> result;
  private final double divisor;
  private final double meanDivisor;

  PointwiseScale(PointwiseCase c, PointwiseResult<?> result, double divisor, double meanDivisor) {
    this.c = c;
    this.result = result;
    this.divisor = Math.abs(divisor);
    this.meanDivisor = meanDivisor;
  }

  /** Of the loss, in its shape. */
  double[] losses() {
    double[] terms = withFloor(result.lossTerms(Precision.FLOAT64), false);
    return c.weighing.isNone() ? terms : new double[] {divisor == 0 ? 0 : total(terms) / divisor};
  }

  /** Of a gradient with these terms. */
  double[] gradient(double[] terms) {
    return withFloor(terms, true);
  }

  double[] hessian() {
    return withFloor(result.hessianTerms(Precision.FLOAT64), false);
  }

  Map<String, Number> sum() {
    double terms = total(withFloor(result.lossTerms(Precision.FLOAT64), false));
    return Totals.scale(terms, result, meanDivisor);
  }

  private double[] withFloor(double[] terms, boolean isGradient) {
    double floor = c.source.dtype().smallestNormalOverEpsilon();
    for (int i = 0; i < terms.length; i++) {
      if (c.weighing.isKept(i) && !(isGradient && divisor == 0)) {
        double factor = Math.abs(c.weighing.weight(i)) * c.amplification(i);
        factor *= isGradient ? Math.abs(c.weighing.upstream(i)) / divisor : 1;
        terms[i] = Math.max(terms[i] * c.steepness(), factor * floor);
      }
    }
    return terms;
  }

  private static double total(double[] terms) {
    double total = 0;
    for (double term : terms) {
      total += term;
    }
    return total;
  }
}
