package io.github.surprisal;

import io.github.surprisal.reference.Divergence;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.Distillation;
import java.util.Arrays;

/** The error that {@link Distillation} allows itself in one row, from the terms it names. */
final class DistillationScale {
  private final DistillationCase c;
  private final double ulp;
  private final double flushed;
  private final double additions;
  private final double weight;
  private final double factor;
  private final double[] p;
  private final double[] q;
  private final double[] nllP;
  private final double[] nllQ;
  private final double[] hard;
  private final double hardWeight;
  private final int label;
  private final double ofBoth;
  private final double ofStudent;

  DistillationScale(DistillationCase c, int row, Precision precision) {
    this.c = c;
    boolean floats = precision == Precision.FLOAT32;
    ulp = floats ? 0x1p-23 : 0x1p-52;
    additions = Math.min(c.classes, 2048) / 16;
    nllQ = c.nlls(c.logits, row, c.temperature);
    nllP = c.teacherNlls(row);
    p = exp(nllP);
    q = exp(nllQ);
    label = c.labels[row];
    hard = c.nlls(c.logits, row, 1);
    ofBoth = mean(1);
    ofStudent = mean(0);
    double w = c.classWeights == null ? 1 : Math.abs(c.classWeights[label]);
    hardWeight = c.hardWeight * w;
    weight = c.rowWeights == null ? 1 : Math.abs(c.rowWeights[row]);
    factor = (1 - c.hardWeight) * (c.squared ? c.temperature * c.temperature : 1);
    // What is lost below the normal range, times every factor.
    flushed = 64 * c.classes * (floats ? Float.MIN_NORMAL : Double.MIN_NORMAL);
  }

  private static double[] exp(double[] nlls) {
    double[] exps = nlls.clone();
    for (int j = 0; j < exps.length; j++) {
      exps[j] = Math.exp(-nlls[j]);
    }
    return exps;
  }

  /** |p - q| (1 + |log max(p, q)|); of total variation, max(p, q) instead of the difference. */
  private double distance(int j) {
    if (c.divergence instanceof Divergence.TotalVariation) {
      return p[j] + q[j] == 0 ? 0 : Math.max(p[j], q[j]) * (1 + Math.min(nllP[j], nllQ[j]));
    }
    double difference = p[j] == q[j] ? 0 : Math.max(p[j], q[j]) * -Math.expm1(-Math.abs(ratio(j)));
    return difference == 0 ? 0 : difference * (1 + Math.min(nllP[j], nllQ[j]));
  }

  private double ratio(int j) {
    return nllQ[j] - nllP[j];
  }

  double lossMargin(double exact) {
    double scale = Math.abs(exact);
    for (int j = 0; j < c.classes; j++) {
      scale += weight * factor * distance(j);
    }
    scale += hardWeight == 0 ? 0 : weight * hardWeight * hard[label];
    if (c.top > 0) {
      for (int j = 0; j < c.classes; j++) {
        scale += p[j] == 0 ? 0 : weight * factor * p[j] * (nllP[j] + nllQ[j]);
      }
    }
    double bound = c.loss().bounds().loss().of(c.classes) * ulp;
    double square = 0;
    for (int j = 0; j < c.classes; j++) {
      double error = p[j] + q[j] == 0 ? 0 : bound * (1 + Math.min(nllP[j], nllQ[j]));
      square += weight * factor * Math.max(p[j], q[j]) * error * error;
    }
    double margin = bound * scale + square + flushed;
    return Double.isNaN(margin) ? Double.POSITIVE_INFINITY : margin;
  }

  /** Not of total variation, where a sign is next to undecided. */
  boolean hasGradientBound() {
    if (!(c.divergence instanceof Divergence.TotalVariation)) {
      return true;
    }
    boolean equal = Arrays.equals(c.logits, c.teacher) && c.temperature == c.teacherTemperature;
    for (int j = 0; !equal && j < c.classes; j++) {
      double undecided = (8 + additions) * ulp * (1 + Math.min(nllP[j], nllQ[j]));
      boolean possible = p[j] > 0 && q[j] > 0;
      if (possible && Math.abs(ratio(j)) < undecided) {
        return false;
      }
    }
    return true;
  }

  double gradientMargin(int j) {
    double scale =
        switch (c.divergence) {
          case Divergence.ForwardKl d -> Math.max(q[j], p[j]);
          case Divergence.ReverseKl d -> q[j] * (own(j, 1) + ofBoth);
          case Divergence.JensenShannon d -> q[j] * (own(j, 0) + ofStudent);
          case Divergence.TotalVariation d -> q[j];
        };
    double bound = c.loss().bounds().gradient().of(c.classes);
    double soft = factor / c.temperature * (q[j] == 0 && p[j] == 0 ? 0 : bound * scale);
    double hardPart = hardWeight * Math.max(Math.exp(-hard[j]), j == label ? 1 : 0);
    double margin = weight * (soft + hardPart * (5 + additions)) * ulp + flushed;
    return Double.isNaN(margin) ? Double.POSITIVE_INFINITY : margin;
  }

  /** 1 + |log q| + |log p|, or without the latter. */
  private double own(int j, int ofTeacher) {
    return 1 + nllQ[j] + (ofTeacher == 0 ? 0 : nllP[j]);
  }

  private double mean(int ofTeacher) {
    double sum = 0;
    for (int j = 0; j < c.classes; j++) {
      sum += q[j] == 0 ? 0 : q[j] * own(j, ofTeacher);
    }
    return sum;
  }
}
