package io.github.surprisal.guard;

import java.io.Serializable;
import java.util.Objects;

/**
 * Adaptive gradient clipping: the gradient of each unit, a row of a matrix of parameters, by the
 * norm that its parameters have.
 *
 * <pre>
 *   g_u = g_u min(1, factor max(|w_u|, epsilon) / |g_u|),   |.| the norm of order 2
 *
 *   // parameters and gradients of 256 units, unit after unit
 *   new ClipByUnit(0.01).clip(parameters, gradient, 256, result);    // in place
 * </pre>
 *
 * <p>The result tells how many units were clipped. No garbage; the same bits with any vector width
 * and without vectors. The norm of a clipped unit is at most factor max(|w_u|, epsilon), but for
 * the error of |w_u|, which is 2^-45 of it.
 *
 * <ul>
 *   <li>A unit at or below its limit keeps every bit, so does one of gradient 0.
 *   <li>NaN and infinities of a gradient are counted and never changed. {@link NonFinite#SKIP}
 *       leaves their unit as it is and clips the others, {@link NonFinite#CLIP_FINITE} clips the
 *       finite elements of the unit by the norm that they have.
 *   <li>A unit whose parameters are not finite is left as it is, and counted as skipped.
 *   <li>The largest limit is the largest double.
 * </ul>
 *
 * <p>A. Brock, S. De, S. L. Smith and K. Simonyan, "High-performance large-scale image recognition
 * without normalization", 2021, <a href="https://arxiv.org/abs/2102.06171">arXiv:2102.06171</a>,
 * which leaves the last layer alone.
 *
 * @param factor the clipping factor; positive and finite, 0.01 to 0.02 in the paper
 * @param epsilon what the norm of parameters counts at least, so that units of zeros can move
 * @param nonFinite what to do about NaN and infinities
 */
public record ClipByUnit(double factor, double epsilon, NonFinite nonFinite)
    implements Serializable {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException unless {@code 0 < factor < infinity} and {@code 0 < epsilon <
   *     infinity}
   */
  public ClipByUnit {
    Checks.requirePositive("factor", factor);
    Checks.requirePositive("epsilon", epsilon);
    Objects.requireNonNull(nonFinite, "nonFinite");
  }

  /** With the paper's epsilon 1e-3; units with NaN or infinities are left alone. */
  public ClipByUnit(double factor) {
    this(factor, 1e-3, NonFinite.SKIP);
  }

  /**
   * Clips the gradient in place.
   *
   * @param parameters {@code units} rows of the same length
   * @param gradient as long as the parameters
   * @return {@code result}
   * @throws ArithmeticException by {@link NonFinite#ERROR}; nothing has been written
   * @throws IllegalArgumentException if the lengths differ or are no multiple of the units, or both
   *     are one array
   */
  public ClipResult clip(float[] parameters, float[] gradient, int units, ClipResult result) {
    Objects.requireNonNull(result, "result")
        .unitsF32
        .clip(this, parameters, gradient, units, result);
    return result;
  }

  /** Clips a gradient of doubles in place. */
  public ClipResult clip(double[] parameters, double[] gradient, int units, ClipResult result) {
    Objects.requireNonNull(result, "result")
        .unitsF64
        .clip(this, parameters, gradient, units, result);
    return result;
  }

  static void require(boolean same, int parameters, int gradient, int units) {
    if (same) {
      throw new IllegalArgumentException("gradient is parameters, expected another array");
    }
    // Rules are put together only where one is broken: they are garbage.
    if (gradient != parameters) {
      throw Checks.broken("gradient.length", gradient, "parameters.length = " + parameters);
    }
    if (units <= 0 || gradient % units != 0) {
      throw Checks.broken("units", units, "a positive divisor of gradient.length = " + gradient);
    }
  }
}
