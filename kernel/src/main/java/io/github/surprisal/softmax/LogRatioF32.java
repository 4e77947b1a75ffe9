package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;

import jdk.incubator.vector.FloatVector;

/**
 * The logarithm of a ratio of probabilities from logits, with c the difference of the logRest:
 *
 * <pre>
 *   log (p / q) = (max_q - x_q) unit_q - (max_p - x_p) unit_p + c
 * </pre>
 *
 * Of equal logits it is 0: both products are rounded alike, so that they must not be fused.
 */
final class LogRatioF32 {
  private LogRatioF32() {}

  static FloatVector of(
      FloatVector p, float maxP, float unitP, FloatVector q, float maxQ, float unitQ, float c) {
    FloatVector belowP = broadcast(F32, maxP).sub(p).mul(unitP);
    return broadcast(F32, maxQ).sub(q).mul(unitQ).sub(belowP).add(c);
  }
}
