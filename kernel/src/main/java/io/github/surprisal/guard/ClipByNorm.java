package io.github.surprisal.guard;

import java.io.Serializable;
import java.util.Objects;

/**
 * Clips gradients by their global norm, over all arrays together:
 *
 * <pre>
 *   g = g min(1, maxNorm / norm),   norm = (sum of |g_i|^p)^(1/p),  p = 1, 2 or infinity
 *
 *   var clip = new ClipByNorm(1.0);                      // keep one for all threads
 *   var result = new ClipResult();                       // and one of these per thread
 *   clip.clip(new float[][] {weights, bias}, result);    // in place
 *   if (result.isSkipped()) { skip this step }
 * </pre>
 *
 * <p>A read of the gradients, and where they are clipped another and a write; no garbage. The same
 * bits with any vector width and without vectors.
 *
 * <ul>
 *   <li>The scaled norm is at most {@code maxNorm}, whatever the rounding, and at least {@code
 *       maxNorm} (1 - 2^-20) for float32, (1 - 2^-42) for float64, unless elements become
 *       subnormal; those are rounded towards 0.
 *   <li>A norm at or below {@code maxNorm} leaves every bit as it is; norms that agree to 45 bits
 *       are compared in double-double.
 *   <li>No array, empty arrays and gradients of 0 have norm 0: nothing happens.
 *   <li>No finite gradient overflows or underflows on the way: {1e30f, 1e30f} has norm 1.41e30,
 *       subnormal numbers have theirs. A float64 norm beyond the range of double is reported as
 *       infinity, and clipped as what it is.
 *   <li>NaN and infinities are counted, and never changed or spread: see {@link NonFinite}.
 *   <li>An array given twice is refused: it would count and be scaled twice.
 * </ul>
 *
 * <p>The norm is within 2^-45 of the exact one, relative to it, or next to it where subnormal.
 * PyTorch's {@code clip_grad_norm_} divides by norm + 1e-6, and gives gradients of 0 or NaN where a
 * norm is infinite or NaN.
 *
 * <p>R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural
 * networks", 2013, <a href="https://arxiv.org/abs/1211.5063">arXiv:1211.5063</a>.
 *
 * @param maxNorm what the norm may be; positive and finite
 * @param norm which norm
 * @param nonFinite what to do about NaN and infinities
 */
public record ClipByNorm(double maxNorm, Norm norm, NonFinite nonFinite) implements Serializable {
  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException unless {@code 0 < maxNorm < infinity}
   */
  public ClipByNorm {
    Checks.requirePositive("maxNorm", maxNorm);
    Objects.requireNonNull(norm, "norm");
    Objects.requireNonNull(nonFinite, "nonFinite");
  }

  /** By the norm of order 2; steps with NaN or infinities are left alone. */
  public ClipByNorm(double maxNorm) {
    this(maxNorm, Norm.TWO, NonFinite.SKIP);
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
    Objects.requireNonNull(result, "result").f32.clip(gradients, this, result);
    return result;
  }

  /** Clips one array in place. */
  public ClipResult clip(float[] gradient, ClipResult result) {
    Objects.requireNonNull(gradient, "gradient");
    return clip(Objects.requireNonNull(result, "result").f32.only(gradient), result);
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
    Objects.requireNonNull(result, "result").f64.clip(gradients, this, result);
    return result;
  }

  /** Clips one array in place. */
  public ClipResult clip(double[] gradient, ClipResult result) {
    Objects.requireNonNull(gradient, "gradient");
    return clip(Objects.requireNonNull(result, "result").f64.only(gradient), result);
  }
}
