package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.loss.PointwiseCaseLoss.Parameter;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Hinge;
import io.github.surprisal.pointwise.Perceptron;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.pointwise.SoftMargin;
import io.github.surprisal.pointwise.SquaredHinge;
import io.github.surprisal.reference.BinaryLosses;
import io.github.surprisal.reference.MarginLosses;
import java.util.List;
import java.util.Map;

/** The losses of a binary target. */
final class BinaryTable {
  static final List<Loss> ALL =
      List.of(
          new PointwiseCaseLoss(
              "binary_cross_entropy",
              Map.of("epsilon", 0.0),
              c -> new BinaryCrossEntropy(c.number("epsilon")),
              c -> new BinaryLosses.BinaryCrossEntropy(c.number("epsilon")),
              new BinaryCrossEntropy().bounds()),
          new PointwiseCaseLoss(
                  "binary_cross_entropy_with_logits",
                  Map.of("label_smoothing", 0.0),
                  c -> new BinaryCrossEntropyWithLogits(c.parameter, c.number("label_smoothing")),
                  c ->
                      new BinaryLosses.BinaryCrossEntropyWithLogits(1, c.number("label_smoothing")),
                  new BinaryCrossEntropyWithLogits().bounds())
              .ofLogits()
              .with(Parameter.POSITIVE_WEIGHT),
          new PointwiseCaseLoss(
                  "sigmoid_focal",
                  Map.of("gamma", 2.0, "alpha", 0.25),
                  c -> new SigmoidFocal(c.number("gamma"), c.number("alpha")),
                  c -> new BinaryLosses.SigmoidFocal(c.number("gamma"), c.number("alpha")),
                  new SigmoidFocal(1, -1).bounds())
              .ofLogits()
              .withPowers("gamma"),
          new PointwiseCaseLoss(
                  "asymmetric_focal",
                  Map.of("gamma_positive", 1.0, "gamma_negative", 4.0, "margin", 0.05),
                  c ->
                      new AsymmetricFocal(
                          c.number("gamma_positive"),
                          c.number("gamma_negative"),
                          c.number("margin")),
                  c ->
                      new BinaryLosses.AsymmetricFocal(
                          c.number("gamma_positive"),
                          c.number("gamma_negative"),
                          c.number("margin")),
                  new AsymmetricFocal(1, 1, 0).bounds())
              .ofLogits()
              .withPowers("gamma_positive", "gamma_negative"),
          new PointwiseCaseLoss(
              "soft_margin",
              Map.of(),
              c -> new SoftMargin(),
              c -> new MarginLosses.SoftMargin(),
              new SoftMargin().bounds()),
          new PointwiseCaseLoss(
              "hinge",
              Map.of("margin", 1.0),
              c -> new Hinge(c.number("margin")),
              c -> new MarginLosses.Hinge(c.number("margin")),
              new Hinge().bounds()),
          new PointwiseCaseLoss(
              "squared_hinge",
              Map.of("margin", 1.0),
              c -> new SquaredHinge(c.number("margin")),
              c -> new MarginLosses.SquaredHinge(c.number("margin")),
              new SquaredHinge().bounds()),
          new PointwiseCaseLoss(
              "perceptron",
              Map.of(),
              c -> new Perceptron(),
              c -> new MarginLosses.Hinge(0),
              new Perceptron().bounds()));

  private BinaryTable() {}
}
