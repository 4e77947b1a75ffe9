package io.github.surprisal.reduction;

/** A running sum as an unevaluated pair high + low of about 106 bits. */
public final class DoubleDouble {
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

  /**
   * Adds h + l.
   *
   * <pre>
   *   s + e = high + h     (Knuth's two-sum, exact)
   *   t     = e + low + l
   *   (high, low) = fast two-sum of s and t
   * </pre>
   */
  public void add(double h, double l) {
    double s = high + h;
    double shift = s - high;
    double e = (high - (s - shift)) + (h - shift);
    double t = e + (low + l);
    if (Double.isFinite(s)) {
      high = s + t;
      low = t - (high - s);
    } else {
      high = s;
      low = 0;
    }
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
