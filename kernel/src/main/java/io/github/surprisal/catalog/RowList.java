package io.github.surprisal.catalog;

import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.List;

/** The losses of rows of class scores. */
final class RowList {
  static final List<RowInfo> ALL =
      List.of(
          new RowInfo(
              "cross_entropy",
              CrossEntropy::builder,
              Values.LOGIT,
              Values.CLASS,
              "sum of t_j (L - z_j) + l L^2 - h H, t_j = w_j ((1 - s) q_j + s / C), z = c tanh(x / (T c)), L = log sum exp(z)"),
          new RowInfo(
              "softmax_focal",
              SoftmaxFocal::builder,
              Values.LOGIT,
              Values.CLASS,
              "w_y (1 - p_y)^g (-log p_y)"),
          new RowInfo(
              "poly1",
              PolyLoss::builder,
              Values.LOGIT,
              Values.CLASS,
              "w_y (-log p_y + e (1 - p_y))"),
          new RowInfo(
              "generalized_cross_entropy",
              GeneralizedCrossEntropy::builder,
              Values.LOGIT,
              Values.CLASS,
              "w_y (1 - p_y^q) / q"),
          new RowInfo(
              "nll",
              NegativeLogLikelihood::builder,
              Values.LOG_PROBABILITY,
              Values.CLASS,
              "-w_y l_y"),
          new RowInfo(
              "multi_margin",
              MultiMargin::builder,
              Values.REAL,
              Values.CLASS,
              "w_y / C sum over i not y of max(0, m - z_y + z_i)^p"),
          new RowInfo(
              "crammer_singer",
              CrammerSinger::builder,
              Values.REAL,
              Values.CLASS,
              "w_y max(0, m + max over i not y of z_i - z_y)"),
          new RowInfo(
              "sparsemax",
              SparsemaxLoss::builder,
              Values.REAL,
              Values.CLASS,
              "w_y (norm(p - e_y)^2 / 2 + max(0, tau - z_y)), p = max(0, z - tau) with sum 1"),
          new RowInfo(
              "distillation_kl",
              () -> distillation(new Divergence.ForwardKl()),
              Values.LOGIT,
              Values.TEACHER,
              "h CE(labels) + (1 - h) T^2 D(P, Q)"),
          new RowInfo(
              "distillation_reverse_kl",
              () -> distillation(new Divergence.ReverseKl()),
              Values.LOGIT,
              Values.TEACHER,
              "h CE(labels) + (1 - h) T^2 D(P, Q)"),
          new RowInfo(
              "distillation_js",
              () -> distillation(new Divergence.JensenShannon(0.5)),
              Values.LOGIT,
              Values.TEACHER,
              "h CE(labels) + (1 - h) T^2 D(P, Q)"),
          new RowInfo(
              "total_variation",
              () -> distillation(new Divergence.TotalVariation()),
              Values.LOGIT,
              Values.TEACHER,
              "h CE(labels) + (1 - h) T^2 D(P, Q)"));

  private RowList() {}

  private static Distillation.Builder distillation(Divergence divergence) {
    return Distillation.builder().divergence(divergence);
  }
}
