package io.github.surprisal.rows;

import io.github.surprisal.internal.call.Options;
import java.io.Serializable;

/**
 * How far a student's distribution Q is from a teacher's, P; formulas, gradients and special cases
 * are those of {@link Distillation}.
 */
public sealed interface Divergence extends Serializable {
  /** KL(P || Q): the student covers all that the teacher would say. */
  record ForwardKl() implements Divergence {}

  /** KL(Q || P): the student says nothing that the teacher would not. */
  record ReverseKl() implements Divergence {}

  /**
   * The generalized Jensen-Shannon divergence.
   *
   * @param beta weight of the teacher in the mixture; 0.5 is symmetric. As Liger and TRL define it,
   *     0 is {@link ForwardKl} and 1 is {@link ReverseKl}
   */
  record JensenShannon(double beta) implements Divergence {
    /**
     * Checks beta.
     *
     * @throws IllegalArgumentException unless it is 0, 1, or from 2^-20 to 1 - 2^-20
     */
    public JensenShannon {
      boolean within = beta >= 0x1p-20 && beta <= 1 - 0x1p-20;
      Options.require(
          beta == 0 || beta == 1 || within, "beta", beta, "0, 1 or 2^-20 <= %s <= 1 - 2^-20");
    }
  }

  /** Half the sum of |P - Q|. */
  record TotalVariation() implements Divergence {}
}
