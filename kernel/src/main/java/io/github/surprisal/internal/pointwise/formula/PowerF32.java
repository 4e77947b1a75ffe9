package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.FloatVector;

/**
 * The power a^g with a constant g >= 0, from products and square roots by the binary digits of g:
 *
 * <pre>
 *   g = n + 0.d1 d2 d3...,   a^0.d1 d2 d3... = sqrt(a^d1 a^0.d2 d3...)
 * </pre>
 *
 * <p>Each root halves the error of what is under it, so that the fraction has an error below 2 ulp,
 * whatever a is; exp(g log a) would have one that grows with |g log a|. It takes time where g has
 * many digits: a root each.
 */
final class PowerF32 {
  /** Binary digits of the fraction that count: a^(2^-DIGITS) is 1. */
  private static final int DIGITS = Float.SIZE - 1;

  private final long whole;
  private final long fraction;
  private final int first;
  private final int last;

  PowerF32(double g) {
    whole = (long) g;
    fraction = (long) Math.scalb(g - whole, DIGITS);
    first = Long.SIZE - 1 - Long.numberOfLeadingZeros(whole);
    last = Long.numberOfTrailingZeros(fraction);
  }

  /** The power of 0 <= a <= 1, with 0^0 = 1. */
  FloatVector of(FloatVector a) {
    FloatVector y = broadcast(F32, 1f);
    for (int i = first; i >= 0; i--) {
      float bit = whole >> i & 1;
      y = y.mul(y).mul(a.fma(broadcast(F32, bit), broadcast(F32, 1 - bit)));
    }
    FloatVector root = broadcast(F32, 1f);
    for (int i = last; i < DIGITS; i++) {
      float bit = fraction >> i & 1;
      root = root.mul(a.fma(broadcast(F32, bit), broadcast(F32, 1 - bit))).sqrt();
    }
    return y.mul(root);
  }
}
