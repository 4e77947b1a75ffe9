package io.github.surprisal.reference;

/**
 * How far the probabilities Q of a student are from those P of a teacher. 0 log 0 = 0 on both
 * sides.
 */
public sealed interface Divergence {

  /**
   * KL(P || Q) = sum P (log P - log Q); gradient by the student's logits Q sum P - P.
   *
   * <p>A teacher's mass on an impossible class of the student costs +infinity, with a finite
   * gradient.
   */
  record ForwardKl() implements Divergence {}

  /**
   * KL(Q || P) = sum Q (log Q - log P); gradient Q (d - sum Q d) with d = log Q - log P.
   *
   * <p>A student's mass on an impossible class of the teacher costs +infinity; the gradient is then
   * its limit: +infinity there, -infinity at every other class that the student has mass on, 0
   * where it has none. If it has mass on impossible classes alone there is no limit, and they are
   * NaN.
   */
  record ReverseKl() implements Divergence {}

  /**
   * The generalized Jensen-Shannon divergence beta KL(P || M) + (1 - beta) KL(Q || M) with M = beta
   * P + (1 - beta) Q; gradient (1 - beta) Q (d - sum Q d) with d = log Q - log M. As Liger and TRL
   * define it, beta 0 is KL(P || Q) and beta 1 is KL(Q || P), which are not the limits of the
   * formula (those are 0) but of the formula over beta and over 1 - beta.
   *
   * @param beta from 0 to 1; 0.5 is symmetric
   */
  record JensenShannon(double beta) implements Divergence {
    /** Checks beta. */
    public JensenShannon {
      Arguments.requireUnit("beta", beta);
    }
  }

  /** Total variation: sum |P - Q| / 2; gradient Q (s - sum Q s) / 2 with s = sign(Q - P). */
  record TotalVariation() implements Divergence {}
}
