package io.github.surprisal.internal.reduction;

import java.io.Serializable;

/** A running sum as an unevaluated pair high + low of about 106 bits. */
public final class DoubleDouble implements Serializable {
  private static final long serialVersionUID = 1;

  private double high;
  private double low;

  /** Adds {@code value}. */
  public void add(double value) {
    add(value, 0);
  }

  /** Adds all that {@code other} holds. */
  public void add(DoubleDouble other) {
    add(other.high, other.low);
  }

  /** Adds all that {@code other} holds, times 2^n. */
  void add(DoubleDouble other, int n) {
    add(Math.scalb(other.high, n), Math.scalb(other.low, n));
  }

  /**
   * Adds h + l.
   *
   * <pre>
   *   s + e = high + h     exactly
   *   t     = e + low + l
   *   (high, low) = fast two-sum of s and t
   * </pre>
   */
  public void add(double h, double l) {
    double s = high + h;
    double e = lost(high, h, s);
    double t = e + (low + l);
    if (Double.isFinite(s)) {
      high = s + t;
      low = t - (high - s);
    } else {
      high = s;
      low = 0;
    }
  }

  /** What the sum s = a + b lost when it was rounded, by Knuth's two-sum. */
  public static double lost(double a, double b, double s) {
    double shift = s - a;
    return (a - (s - shift)) + (b - shift);
  }

  /** The sum, rounded once. */
  public double value() {
    return high;
  }

  /** Back to 0. */
  public void reset() {
    high = 0;
    low = 0;
  }
}
