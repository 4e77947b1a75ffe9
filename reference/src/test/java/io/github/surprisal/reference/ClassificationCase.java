package io.github.surprisal.reference;

import java.util.List;

/**
 * A loss of one row of scores, and what a textbook says its value is, in double, sound for small
 * numbers only, away from kinks.
 */
record ClassificationCase(ClassificationFormula formula, Textbook textbook) {

  /** The loss of a label of weight 1. */
  interface Textbook {
    double value(double[] scores, int label);
  }

  static final double[][] SCORES = {
    {0.3, -1.2, 2.4, 0.9}, {-0.1, 0.2, 0.15, -0.3}, {5, 4.5, -3, 1}, {0.7, 0.2, 0.4, -4}
  };

  static List<ClassificationCase> all() {
    return List.of(
        focal(0),
        focal(0.5),
        focal(2),
        focal(3.7),
        poly1(-1),
        poly1(0),
        poly1(2),
        generalized(0.001),
        generalized(0.5),
        generalized(1),
        multiMargin(1, 1),
        multiMargin(2, 0.6),
        crammerSinger(1),
        crammerSinger(0),
        new ClassificationCase(new MulticlassLosses.Sparsemax(), ClassificationCase::sparsemax));
  }

  private static double probability(double[] scores, int label) {
    double sum = 0;
    for (double z : scores) {
      sum += Math.exp(z);
    }
    return Math.exp(scores[label]) / sum;
  }

  private static ClassificationCase focal(double gamma) {
    return new ClassificationCase(
        new ProbabilityLosses.SoftmaxFocal(gamma),
        (z, y) -> -Math.pow(1 - probability(z, y), gamma) * Math.log(probability(z, y)));
  }

  private static ClassificationCase poly1(double epsilon) {
    return new ClassificationCase(
        new ProbabilityLosses.Poly1(epsilon),
        (z, y) -> -Math.log(probability(z, y)) + epsilon * (1 - probability(z, y)));
  }

  private static ClassificationCase generalized(double q) {
    return new ClassificationCase(
        new ProbabilityLosses.GeneralizedCrossEntropy(q),
        (z, y) -> (1 - Math.pow(probability(z, y), q)) / q);
  }

  private static ClassificationCase multiMargin(int p, double margin) {
    return new ClassificationCase(
        new MulticlassLosses.MultiMargin(p, margin),
        (z, y) -> {
          double sum = -Math.pow(margin, p);
          for (double other : z) {
            sum += Math.pow(Math.max(0, margin - z[y] + other), p);
          }
          return sum / z.length;
        });
  }

  private static ClassificationCase crammerSinger(double margin) {
    return new ClassificationCase(
        new MulticlassLosses.CrammerSinger(margin),
        (z, y) -> {
          double worst = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < z.length; i++) {
            worst = i == y ? worst : Math.max(worst, z[i]);
          }
          return Math.max(0, margin + worst - z[y]);
        });
  }

  /** max over p of p z - |p|^2 / 2, less z_y, plus 1/2, with tau found by bisection. */
  private static double sparsemax(double[] z, int label) {
    double low = -10;
    double high = 10;
    for (int n = 0; n < 200; n++) {
      double tau = (low + high) / 2;
      double sum = 0;
      for (double x : z) {
        sum += Math.max(0, x - tau);
      }
      low = sum > 1 ? tau : low;
      high = sum > 1 ? high : tau;
    }
    double value = 0.5 - z[label];
    for (double x : z) {
      double p = Math.max(0, x - low);
      value += p * x - p * p / 2;
    }
    return value;
  }

  @Override
  public String toString() {
    return formula.toString();
  }
}
