package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.FloatVector;

/**
 * The logarithm of a ratio of probabilities from logits, with c the difference of the logRest:
 *
 * <pre>
 *   log (p / q) = ((x_p - max_p) - ratio (x_q - max_q)) unit_p + c,  ratio = unit_q / unit_p
 * </pre>
 *
 * Of equal distributions it is 0: their difference is rounded once, and so not at all.
 */
final class LogRatioF32 {
  private LogRatioF32() {}

  /** From logits of p and q, with the constants that the pair holds. */
  static FloatVector of(FloatVector p, FloatVector q, PairF32 pair) {
    return unscaled(p, q, pair.maxP, pair.maxQ, pair.minusRatio)
        .fma(broadcast(F32, pair.unit), broadcast(F32, pair.c));
  }

  /** The same without unit_p and c, from constants of the pair. */
  static FloatVector unscaled(
      FloatVector p, FloatVector q, float maxP, float maxQ, float minusRatio) {
    return q.sub(maxQ).fma(broadcast(F32, minusRatio), p.sub(maxP));
  }
}
