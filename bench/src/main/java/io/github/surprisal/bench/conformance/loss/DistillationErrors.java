package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.Divergence;
import java.util.Arrays;

/**
 * In what errors of one row of a distillation are counted. With Q, P the probabilities of student
 * and teacher, q = -log Q, p = -log P, s the factor of the divergence and T the temperature, a loss
 * is made of
 *
 * <pre>
 *   s sum of |P_j - Q_j| (1 + min(p_j, q_j))      max(P_j, Q_j) for the difference in total variation
 *   s sum of P_j (p_j + |q_j|)                    of the most likely classes alone
 * </pre>
 *
 * and a gradient element of
 *
 * <pre>
 *   forward KL       s max(Q_j (1 + q_j), P_j (1 + p_j)) / T
 *   reverse KL       s Q_j (2 + q_j + p_j + sum of Q_i (q_i + p_i)) / T
 *   Jensen-Shannon   s Q_j (2 + q_j + sum of Q_i q_i) / T
 *   total variation  s Q_j (1 + q_j) / T     as far as the signs of P - Q are certain
 * </pre>
 *
 * Exponentials may be lost below MIN_NORMAL / eps. The labels have their part of cross-entropy.
 */
final class DistillationErrors implements RowScale.Errors {
  private final Divergence divergence;
  private final double epsilon;
  private final double soft;
  private final double unit;
  private final double lost;
  private final double[] p;
  private final double[] q;
  private final double[] nllP;
  private final double[] nllQ;
  private final boolean isTop;
  private final double mean;
  private final boolean isCertain;
  private final double hard;
  private final RowExponents labels;
  private final int label;

  DistillationErrors(RowCase c, int row, Divergence divergence) throws CaseException {
    this.divergence = divergence;
    int classes = c.layout.classes();
    double temperature = c.temperature;
    double teacherTemperature = DistillationTable.teacherTemperature(c);
    isTop = c.teacher.isTop();
    nllQ = nlls(c, row, c.scores, temperature);
    nllP = isTop ? given(c, row) : nlls(c, row, c.teacher.values(), teacherTemperature);
    q = exp(nllQ);
    p = exp(nllP);
    boolean squared = DistillationTable.isSquared(c);
    soft = (1 - c.hardWeight()) * (squared ? temperature * temperature : 1);
    unit = 1 / temperature;
    lost = classes * c.source.dtype().smallestNormalOverEpsilon();
    epsilon = c.source.dtype().computedIn().ulp(1);
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      sum += q[j] == 0 ? 0 : q[j] * own(j);
    }
    mean = sum;
    int from = row * classes;
    boolean equal =
        !isTop
            && temperature == teacherTemperature
            && Arrays.equals(
                c.scores, from, from + classes, c.teacher.values(), from, from + classes);
    isCertain = equal || isCertain(classes);
    label = c.readsLabels() ? c.labels[row] : -1;
    hard = label < 0 ? 0 : c.hardWeight() * c.labelWeight(row);
    labels = label < 0 ? null : new RowExponents(c, row, 1);
  }

  private static double[] exp(double[] nlls) {
    return Arrays.stream(nlls).map(nll -> Math.exp(-nll)).toArray();
  }

  /** -log softmax of a row over a temperature. */
  private static double[] nlls(RowCase c, int row, double[] logits, double temperature) {
    int classes = c.layout.classes();
    double[] z = new double[classes];
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < classes; j++) {
      z[j] = c.isAllowed(row, j) ? logits[row * classes + j] : Double.NEGATIVE_INFINITY;
      max = Math.max(max, z[j]);
    }
    double total = 0;
    for (double x : z) {
      total += Math.exp((x - max) / temperature);
    }
    double largest = max;
    double log = Math.log(total);
    return Arrays.stream(z).map(x -> (largest - x) / temperature + log).toArray();
  }

  /** -log of the probabilities of a teacher's most likely classes; infinity of the others. */
  private static double[] given(RowCase c, int row) {
    double[] nlls = new double[c.layout.classes()];
    Arrays.fill(nlls, Double.POSITIVE_INFINITY);
    int k = c.teacher.k();
    for (int i = row * k; i < (row + 1) * k; i++) {
      nlls[c.teacher.indices()[i]] = -Math.log(c.teacher.values()[i]);
    }
    return nlls;
  }

  /** 1 + q, and of reverse KL p. */
  private double own(int j) {
    return 1 + nllQ[j] + (divergence instanceof Divergence.ReverseKl ? nllP[j] : 0);
  }

  /** Whether no sign of P - Q may be another. */
  private boolean isCertain(int classes) {
    for (int j = 0; j < classes; j++) {
      double nearest = Math.min(Math.abs(nllP[j]), nllQ[j]);
      double undecided = (16 + classes / 8.0) * epsilon * (1 + nearest);
      if (p[j] > 0 && q[j] > 0 && Math.abs(nllQ[j] - nllP[j]) < undecided) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double loss(double terms, double weight) throws CaseException {
    double sum = lost;
    boolean isDistance = divergence instanceof Divergence.TotalVariation;
    for (int j = 0; j < p.length; j++) {
      double larger = Math.max(p[j], q[j]);
      if (larger > 0) {
        double apart = Math.abs(nllQ[j] - nllP[j]);
        double magnitude = 1 + Math.min(Math.abs(nllP[j]), nllQ[j]);
        double difference = isDistance ? 1 : -Math.expm1(-apart);
        // Next to 0 a loss is a square, of errors too.
        double square = 16 * epsilon * magnitude;
        sum += larger * magnitude * Math.max(difference, square);
        sum += isTop && p[j] > 0 && q[j] > 0 ? p[j] * (Math.abs(nllP[j]) + nllQ[j]) : 0;
      }
    }
    double ofLabel = hard == 0 ? 0 : hard * (labels.nlls[label] + labels.spread + labels.rounding);
    return Math.max(terms, weight * ((soft == 0 ? 0 : soft * sum) + ofLabel));
  }

  @Override
  public double gradient(int j, double terms, double factor) {
    double scale =
        switch (divergence) {
          case Divergence.ForwardKl d -> Math.max(weighted(q[j], nllQ[j]), weighted(p[j], nllP[j]));
          case Divergence.TotalVariation d -> isCertain ? weighted(q[j], nllQ[j]) : q[j] / epsilon;
          default -> Double.isInfinite(nllQ[j]) ? 0 : Math.max(q[j], lost) * (own(j) + mean);
        };
    double ofLabel =
        hard == 0 ? 0 : hard * Math.max(labels.errors[j] + labels.probabilities[j], lost);
    ofLabel += j == label ? hard : 0;
    double error = factor * ((soft == 0 ? 0 : soft * unit * Math.max(scale, lost)) + ofLabel);
    return Math.max(terms, error);
  }

  /** x (1 + -log x). */
  private static double weighted(double x, double nll) {
    return x == 0 ? 0 : x * (1 + Math.abs(nll));
  }

  @Override
  public double likelihood() {
    return labels == null ? 0 : labels.spread + 2 * labels.rounding;
  }
}
