package io.github.surprisal.internal.lane;

/**
 * What {@link ExpF32#expScaled} needs to divide by a temperature T without rounding the quotient:
 *
 * <pre>
 *   e^(x/T) = 2^n e^r,   n = round(x / (T ln 2)),   r = (x - n T ln 2) / T
 * </pre>
 *
 * At T = 1 these are the constants of the exponential itself, and its bits.
 */
public final class TemperatureF32 {
  /** No division. */
  public static final TemperatureF32 ONE = new TemperatureF32(1);

  private static final double LOG2E = 0x1.71547652b82fep0; // 1 / ln 2

  // ln 2 = LN2 + LN2_TAIL.
  private static final double LN2 = 0x1.62e42fefa39efp-1;
  private static final double LN2_TAIL = 0x1.abc9e3b39803fp-56;

  /** 1 / (T ln 2). */
  public final float log2e;

  /** -T ln 2 = high + low; a sign changed in a loop would be changed in each round. */
  public final float high;

  public final float low;

  /** 1 / T. */
  public final float inverse;

  /** Where |x| is less, multiples of T ln 2 are exact enough: 2048 T. */
  public final float unshifted;

  /** Constants of a temperature from 2^-100 to 2^100. */
  public TemperatureF32(double t) {
    double product = -t * LN2;
    double lost = Math.fma(-t, LN2, -product) - t * LN2_TAIL;
    high = (float) product;
    low = (float) ((product - high) + lost);
    log2e = (float) (LOG2E / t);
    inverse = (float) (1 / t);
    unshifted = (float) (2048 * t);
  }
}
