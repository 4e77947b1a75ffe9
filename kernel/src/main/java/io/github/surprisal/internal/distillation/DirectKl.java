package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.softmax.loop.Sizes.BLOCK;

import io.github.surprisal.internal.lane.LogF64Twin;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/**
 * KL(P || Q) from its definition, with t the exponentials of the teacher's logits x, and y the
 * student's logits:
 *
 * <pre>
 *   sum of p_j log (p_j / q_j) = inverse_p unit_p s + logRest_q - logRest_p
 *   s = sum of t_j ((x_j - max_p) - ratio (y_j - max_q)),  ratio = unit_q / unit_p
 * </pre>
 *
 * {@link ForwardKlF32#sums} leaves s with the teacher's scalars. An error of a logarithm counts p_j
 * times, and those of the sums in full: this is off by less than log n + 3 ulp of 1 and what the
 * sum rounds, where 8 + n/8 ulp of the divergence are promised. A divergence that is smaller than
 * that allows has {@link KullbackLeiblerF32}; below 1/8 this would lose more digits than need be.
 */
final class DirectKl {
  private DirectKl() {}

  /** The divergence of row r. */
  static double value(SoftmaxScalars p, SoftmaxScalars q, double unitP, int r) {
    return p.second[r] * p.inverse[r] * unitP + (q.logRest[r] - p.logRest[r]);
  }

  /** Whether a divergence of rows of so many classes is exact enough. */
  static boolean isEnough(double value, int classes) {
    double promised = 8 + Math.min(classes, BLOCK) / 8.0;
    double least = Math.max(0.125, (LogF64Twin.log(classes) + 3) / promised);
    return value >= least && value < Double.POSITIVE_INFINITY;
  }
}
