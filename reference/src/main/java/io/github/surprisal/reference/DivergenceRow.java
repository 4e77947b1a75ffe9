package io.github.surprisal.reference;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A {@link Divergence} of one row.
 *
 * @param value the divergence
 * @param gradient its derivative by each logit of the student
 */
record DivergenceRow<R extends Real<R>>(Terms<R> value, List<Terms<R>> gradient) {

  static <R extends Real<R>> DivergenceRow<R> of(
      Divergence divergence, TeacherRow<R> p, SoftmaxRow<R> q) {
    return switch (divergence) {
      case Divergence.ForwardKl d -> forwardKl(p, q);
      case Divergence.ReverseKl d -> reverseKl(p, q);
      case Divergence.JensenShannon d when d.beta() == 0 -> forwardKl(p, q);
      case Divergence.JensenShannon d when d.beta() == 1 -> reverseKl(p, q);
      case Divergence.JensenShannon d -> jensenShannon(p, q, d.beta());
      case Divergence.TotalVariation d -> totalVariation(p, q);
    };
  }

  private static <R extends Real<R>> DivergenceRow<R> forwardKl(TeacherRow<R> p, SoftmaxRow<R> q) {
    List<Terms<R>> masses = p.probabilities().stream().map(Terms::of).toList();
    Terms<R> value = mean(p.probabilities(), j -> difference(q.nll(j), p.nlls().get(j)));
    int k = q.argmax();
    return new DivergenceRow<>(value, q.gradient(masses, p.total(), p.others().get(k)));
  }

  private static <R extends Real<R>> DivergenceRow<R> reverseKl(TeacherRow<R> p, SoftmaxRow<R> q) {
    List<R> masses = q.perClass(q::probability);
    List<Terms<R>> d = q.perClass(j -> ratio(masses.get(j), p.nlls().get(j), q.nll(j)));
    Terms<R> value = mean(masses, d::get);
    List<R> nlls = q.perClass(q::nll);
    boolean pole = false;
    for (int j = 0; j < nlls.size(); j++) {
      pole |= !nlls.get(j).isInfinite() && p.nlls().get(j).isInfinite();
    }
    return pole
        ? new DivergenceRow<>(
            Terms.of(p.total().constant(Double.POSITIVE_INFINITY)), pole(nlls, p.nlls(), q))
        : new DivergenceRow<>(value, q.backward(d));
  }

  /** log Q - log P, or 0 where Q is. */
  private static <R extends Real<R>> Terms<R> ratio(R mass, R nllP, R nllQ) {
    return mass.isZero() ? Terms.of(mass) : difference(nllP, nllQ);
  }

  /**
   * The limit of Q_j (d_j - D), D the sum of Q d, as some of the d grow to infinity, from -log Q
   * and -log P: there is mass where the former is finite, however little.
   */
  private static <R extends Real<R>> List<Terms<R>> pole(
      List<R> nllQ, List<R> nllP, SoftmaxRow<R> q) {
    R zero = nllQ.get(0).constant(0);
    boolean shared = false;
    for (int j = 0; j < nllQ.size(); j++) {
      shared |= !nllQ.get(j).isInfinite() && !nllP.get(j).isInfinite();
    }
    double rise = shared ? Double.POSITIVE_INFINITY : Double.NaN;
    return q.perClass(j -> {
      double slope = nllP.get(j).isInfinite() ? rise : Double.NEGATIVE_INFINITY;
      return Terms.of(nllQ.get(j).isInfinite() ? zero : zero.constant(slope));
    });
  }

  private static <R extends Real<R>> DivergenceRow<R> jensenShannon(
      TeacherRow<R> p, SoftmaxRow<R> q, double beta) {
    R teacher = p.total().constant(beta);
    R student = p.total().constant(1).subtract(teacher);
    List<R> masses = q.perClass(q::probability);
    List<R> nlls = q.perClass(j -> mixtureNll(p.nlls().get(j), teacher, q.nll(j), student));
    List<Terms<R>> d = q.perClass(j -> ratio(masses.get(j), nlls.get(j), q.nll(j)));
    Terms<R> value =
        mean(p.probabilities(), j -> difference(nlls.get(j), p.nlls().get(j)))
            .times(teacher)
            .plus(mean(masses, d::get).times(student));
    List<Terms<R>> slopes = d.stream().map(x -> x.times(student)).toList();
    return new DivergenceRow<>(value, q.backward(slopes));
  }

  /**
   * -log M, from the larger probability so that M = P where P = Q.
   *
   * <pre>
   * log (beta P + (1 - beta) Q) = log Q + log1p(beta (P / Q - 1))
   * </pre>
   */
  private static <R extends Real<R>> R mixtureNll(R nllP, R beta, R nllQ, R rest) {
    return nllQ.isGreaterThan(nllP)
        ? nllP.subtract(nllP.subtract(nllQ).expm1().multiply(rest).log1p())
        : nllQ.subtract(nllQ.subtract(nllP).expm1().multiply(beta).log1p());
  }

  private static <R extends Real<R>> DivergenceRow<R> totalVariation(
      TeacherRow<R> p, SoftmaxRow<R> q) {
    List<Terms<R>> differences =
        q.perClass(j -> difference(q.probability(j), p.probabilities().get(j)));
    Terms<R> value = Terms.of(p.total().constant(0));
    for (Terms<R> x : differences) {
      value = value.plus(new Terms<>(x.sum().abs(), x.largest()).times(0.5));
    }
    List<Terms<R>> signs =
        differences.stream().map(x -> Terms.of(x.sum().sign()).times(0.5)).toList();
    return new DivergenceRow<>(value, q.backward(signs));
  }

  private static <R extends Real<R>> Terms<R> difference(R x, R y) {
    return Terms.of(x).plus(y.negate());
  }

  /** The sum of mass_j x_j, where a mass of 0 reads nothing. */
  private static <R extends Real<R>> Terms<R> mean(List<R> masses, IntFunction<Terms<R>> x) {
    Terms<R> sum = Terms.of(masses.get(0).constant(0));
    for (int j = 0; j < masses.size(); j++) {
      R mass = masses.get(j);
      sum = mass.isZero() ? sum : sum.plus(x.apply(j).times(mass));
    }
    return sum;
  }
}
