package io.github.surprisal.guard;

import java.io.Serializable;
import java.util.Objects;

/**
 * Clips each element of gradients by itself:
 *
 * <pre>
 *   g_i = max(-limit, min(limit, g_i))
 *
 *   new ClipByValue(0.5).clip(gradient, result);    // in place
 * </pre>
 *
 * <p>This changes the direction of the gradient, unlike {@link ClipByNorm}. The result tells how
 * many elements were clipped; a norm is not computed. No garbage; the same bits with any vector
 * width and without vectors.
 *
 * <ul>
 *   <li>No magnitude is above {@code limit} afterwards: for float32 it is rounded down to a float.
 *   <li>Elements within keep every bit, -0 too.
 *   <li>NaN and infinities are counted, and never changed: see {@link NonFinite}. PyTorch's {@code
 *       clip_grad_value_} makes infinities the limit.
 *   <li>An array given twice is refused.
 * </ul>
 *
 * @param limit what a magnitude may be; positive and finite
 * @param nonFinite what to do about NaN and infinities
 */
public record ClipByValue(double limit, NonFinite nonFinite) implements Serializable {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException unless {@code 0 < limit < infinity}
   */
  public ClipByValue {
    Checks.requirePositive("limit", limit);
    Objects.requireNonNull(nonFinite, "nonFinite");
  }

  /** Steps with NaN or infinities are left alone. */
  public ClipByValue(double limit) {
    this(limit, NonFinite.SKIP);
  }

  /**
   * Clips in place.
   *
   * @return {@code result}
   * @throws ArithmeticException by {@link NonFinite#ERROR}
   * @throws IllegalArgumentException if an array comes twice
   */
  public ClipResult clip(float[][] gradients, ClipResult result) {
    NormClipF32.require(gradients);
    Objects.requireNonNull(result, "result").valuesF32.clip(gradients, limit, nonFinite, result);
    return result;
  }

  /** Clips one array in place. */
  public ClipResult clip(float[] gradient, ClipResult result) {
    Objects.requireNonNull(gradient, "gradient");
    float[][] only = Objects.requireNonNull(result, "result").f32.only(gradient);
    try {
      return clip(only, result);
    } finally {
      result.f32.forget();
    }
  }

  /**
   * Clips in place.
   *
   * @return {@code result}
   * @throws ArithmeticException by {@link NonFinite#ERROR}
   * @throws IllegalArgumentException if an array comes twice
   */
  public ClipResult clip(double[][] gradients, ClipResult result) {
    NormClipF64.require(gradients);
    Objects.requireNonNull(result, "result").valuesF64.clip(gradients, limit, nonFinite, result);
    return result;
  }

  /** Clips one array in place. */
  public ClipResult clip(double[] gradient, ClipResult result) {
    Objects.requireNonNull(gradient, "gradient");
    double[][] only = Objects.requireNonNull(result, "result").f64.only(gradient);
    try {
      return clip(only, result);
    } finally {
      result.f64.forget();
    }
  }
}
