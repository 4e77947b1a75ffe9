package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.lane.ExpF64Twin;
import io.github.surprisal.internal.lane.LogF64Twin;

/** Powers of a probability. */
final class Power {
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private Power() {}

  /**
   * q^g for 0 <= q <= 1 and g >= 0, with 0^0 = 1, within 2 + g ulp:
   *
   * <pre>
   *   q = 2^k m,  1/sqrt(2) <= m < sqrt(2)    q^g = 2^n e^(r ln 2 + g ln m),  n + r = g k
   * </pre>
   */
  static double of(double q, double g) {
    if (g == 0 || q == 0 || Double.isNaN(q)) {
      return g == 0 && !Double.isNaN(q) ? 1 : q;
    }
    double normal = q < Double.MIN_NORMAL ? q * 0x1p54 : q;
    int exponent = Math.getExponent(normal);
    double m = Math.scalb(normal, -exponent);
    double k = q < Double.MIN_NORMAL ? exponent - 54 : exponent;
    if (m > 0x1.6a09e667f3bcdp0) {
      m /= 2;
      k++;
    }
    double product = g * k;
    double n = Math.max(Math.rint(product), -2200);
    double r = (product - n) + Math.fma(g, k, -product);
    double e = ExpF64Twin.exp(Math.fma(g, LogF64Twin.log(m), r * LN2));
    return Math.scalb(e, (int) n);
  }
}
