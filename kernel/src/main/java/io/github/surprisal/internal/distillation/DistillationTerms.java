package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.softmax.formula.LogitOptions;

/**
 * Options of a distillation, with Q the softmax of the student's logits and P that of the
 * teacher's:
 *
 * <pre>
 *   loss = hardWeight CE + factor D(P, Q)
 * </pre>
 *
 * @param divergence D
 * @param beta of the Jensen-Shannon divergence, above 0 and below 1
 * @param student the student's temperature
 * @param teacher the teacher's
 * @param hardWeight weight of the labels' cross-entropy, without a temperature, below 1
 * @param factor weight of the divergence
 */
public record DistillationTerms(
    Kind divergence,
    double beta,
    LogitOptions student,
    LogitOptions teacher,
    double hardWeight,
    double factor) {

  /** What is measured between P and Q. */
  public enum Kind {
    /** KL(P || Q). */
    FORWARD_KL,
    /** KL(Q || P). */
    REVERSE_KL,
    /** The generalized Jensen-Shannon divergence. */
    JENSEN_SHANNON,
    /** Half the sum of |P - Q|. */
    TOTAL_VARIATION
  }

  /** Whether nothing is added to forward KL. */
  boolean isPlainForwardKl() {
    return divergence == Kind.FORWARD_KL && hardWeight == 0;
  }
}
