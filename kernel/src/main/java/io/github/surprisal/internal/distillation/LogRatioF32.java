package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.lane.Species.F32;
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

  /** From logits of p and q. */
  static FloatVector of(FloatVector p, FloatVector q, RatioConstantsF32 k) {
    return q.sub(k.maxQ)
        .fma(broadcast(F32, k.minusRatio), p.sub(k.maxP))
        .fma(broadcast(F32, k.unit), broadcast(F32, k.c));
  }
}
