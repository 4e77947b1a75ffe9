package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.ClassificationFormula;
import io.github.surprisal.reference.ClassificationReference;
import io.github.surprisal.reference.CrossEntropyReference;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.MulticlassLosses;
import io.github.surprisal.reference.NegativeLogLikelihoodReference;
import io.github.surprisal.reference.ProbabilityLosses;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.List;
import java.util.Set;

/** The losses of rows of classes. */
final class ClassificationTable {
  private static final double GAMMA = 2;
  private static final double EPSILON = 1;
  private static final double Q = 0.7;
  private static final double MARGIN = 1;

  static final List<Loss> ALL =
      List.of(
          new ClassificationLoss(
              "cross_entropy",
              "logits",
              "weight",
              ClassificationFamily.CROSS_ENTROPY,
              Set.of("label_smoothing", "z_loss", "entropy"),
              c ->
                  c.configureSoftmax(CrossEntropy.builder())
                      .labelSmoothing(c.options.number("label_smoothing", 0))
                      .zLoss(c.options.number("z_loss", 0))
                      .entropyWeight(c.options.number("entropy", 0))
                      .build(),
              c ->
                  new CrossEntropyReference(
                          c.referenceOptions(), c.options.number("label_smoothing", 0))
                      .withLogitOptions(c.referenceLogitOptions())
                      .withZLoss(c.options.number("z_loss", 0))
                      .withEntropy(c.options.number("entropy", 0))
                      .evaluate(c.referenceBatch()),
              RowScale.ofSoftmax(new Sensitivity.CrossEntropy(), "weights"),
              CrossEntropy.builder().build().bounds()),
          ClassificationLoss.ofLabels(
              "softmax_focal",
              "alpha",
              "gamma",
              "kept",
              c ->
                  c.configureSoftmax(SoftmaxFocal.builder())
                      .gamma(c.options.number("gamma", GAMMA))
                      .build(),
              c ->
                  evaluate(c, new ProbabilityLosses.SoftmaxFocal(c.options.number("gamma", GAMMA))),
              new Sensitivity.Focal(GAMMA),
              SoftmaxFocal.builder().gamma(0).build().bounds()),
          ClassificationLoss.ofLabels(
              "poly1",
              "weight",
              "epsilon",
              "weights",
              c ->
                  c.configureSoftmax(PolyLoss.builder())
                      .epsilon(c.options.number("epsilon", EPSILON))
                      .build(),
              c -> evaluate(c, new ProbabilityLosses.Poly1(c.options.number("epsilon", EPSILON))),
              new Sensitivity.Poly(EPSILON),
              PolyLoss.builder().build().bounds()),
          ClassificationLoss.ofLabels(
              "generalized_cross_entropy",
              "weight",
              "q",
              "weights",
              c ->
                  c.configureSoftmax(GeneralizedCrossEntropy.builder())
                      .q(c.options.number("q", Q))
                      .build(),
              c ->
                  evaluate(
                      c, new ProbabilityLosses.GeneralizedCrossEntropy(c.options.number("q", Q))),
              new Sensitivity.Generalized(Q),
              GeneralizedCrossEntropy.builder().build().bounds()),
          ClassificationLoss.ofScores(
              "multi_margin",
              Set.of("p", "margin"),
              "kept",
              c ->
                  c.configure(MultiMargin.builder())
                      .p(c.options.integer("p", 1))
                      .margin(c.options.number("margin", MARGIN))
                      .build(),
              c ->
                  evaluate(
                      c,
                      new MulticlassLosses.MultiMargin(
                          c.options.integer("p", 1), c.options.number("margin", MARGIN))),
              MultiMargin.builder().build().bounds()),
          ClassificationLoss.ofScores(
              "crammer_singer",
              Set.of("margin"),
              "kept",
              c ->
                  c.configure(CrammerSinger.builder())
                      .margin(c.options.number("margin", MARGIN))
                      .build(),
              c ->
                  evaluate(
                      c, new MulticlassLosses.CrammerSinger(c.options.number("margin", MARGIN))),
              CrammerSinger.builder().build().bounds()),
          ClassificationLoss.ofScores(
              "sparsemax",
              Set.of(),
              "weights",
              c -> c.configure(SparsemaxLoss.builder()).build(),
              c -> evaluate(c, new MulticlassLosses.Sparsemax()),
              SparsemaxLoss.builder().build().bounds()),
          new ClassificationLoss(
              "nll",
              "log_probabilities",
              "weight",
              ClassificationFamily.LOG_PROBABILITIES,
              Set.of(),
              c -> c.configure(NegativeLogLikelihood.builder()).build(),
              c ->
                  new NegativeLogLikelihoodReference(c.referenceOptions())
                      .evaluate(c.referenceBatch()),
              RowScale.ofTerms("weights"),
              NegativeLogLikelihood.builder().build().bounds()));

  private ClassificationTable() {}

  private static LossResult<?> evaluate(RowCase c, ClassificationFormula formula)
      throws CaseException {
    return new ClassificationReference(formula, c.referenceOptions(), c.referenceLogitOptions())
        .evaluate(c.referenceBatch());
  }
}
