package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.DistillationReference;
import io.github.surprisal.reference.Divergence;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.rows.Distillation;
import java.util.List;
import java.util.Set;

/** The divergences of rows of logits from a teacher. */
final class DistillationTable {
  private static final double BETA = 0.5;

  static final List<Loss> ALL =
      List.of(
          loss(
              "distillation_kl",
              new io.github.surprisal.rows.Divergence.ForwardKl(),
              Set.of(),
              c -> new Divergence.ForwardKl()),
          loss(
              "distillation_reverse_kl",
              new io.github.surprisal.rows.Divergence.ReverseKl(),
              Set.of(),
              c -> new Divergence.ReverseKl()),
          loss(
              "distillation_js",
              new io.github.surprisal.rows.Divergence.JensenShannon(BETA),
              Set.of("beta"),
              DistillationTable::jensenShannon),
          loss(
              "total_variation",
              new io.github.surprisal.rows.Divergence.TotalVariation(),
              Set.of(),
              c -> new Divergence.TotalVariation()));

  private DistillationTable() {}

  /** The divergence that a case names. */
  @FunctionalInterface
  private interface Named {
    Divergence divergence(RowCase c) throws CaseException;
  }

  /** As Liger and TRL define it, its ends are the divergences of Kullback and Leibler. */
  private static Divergence jensenShannon(RowCase c) throws CaseException {
    double beta = c.options.number("beta", BETA);
    if (beta == 0) {
      return new Divergence.ForwardKl();
    }
    if (beta == 1) {
      return new Divergence.ReverseKl();
    }
    if (!(beta >= 0x1p-20 && beta <= 1 - 0x1p-20)) {
      throw c.options.invalid("beta", "0, 1 or 2^-20 <= beta <= 1 - 2^-20");
    }
    return new Divergence.JensenShannon(beta);
  }

  private static Loss loss(
      String name, io.github.surprisal.rows.Divergence usual, Set<String> ownOptions, Named named) {
    return new ClassificationLoss(
        name,
        "logits",
        "weight",
        ClassificationFamily.DISTILLATION,
        ownOptions,
        c -> kernel(c, named.divergence(c)),
        c -> evaluate(c, named.divergence(c)),
        (c, result) -> {
          Divergence divergence = named.divergence(c);
          RowScale.RowErrors errors = (of, row) -> new DistillationErrors(of, row, divergence);
          return RowScale.of(c, result, errors, "kept");
        },
        Distillation.builder().divergence(usual).build().bounds());
  }

  private static Distillation kernel(RowCase c, Divergence divergence) throws CaseException {
    var builder = Distillation.builder().divergence(kernel(divergence));
    requireTeacher(c);
    return c.configure(builder)
        .temperature(c.temperature)
        .teacherTemperature(teacherTemperature(c))
        .temperatureSquared(isSquared(c))
        .hardWeight(c.hardWeight())
        .build();
  }

  private static io.github.surprisal.rows.Divergence kernel(Divergence divergence) {
    return switch (divergence) {
      case Divergence.ForwardKl d -> new io.github.surprisal.rows.Divergence.ForwardKl();
      case Divergence.ReverseKl d -> new io.github.surprisal.rows.Divergence.ReverseKl();
      case Divergence.JensenShannon(double beta) ->
          new io.github.surprisal.rows.Divergence.JensenShannon(beta);
      case Divergence.TotalVariation d -> new io.github.surprisal.rows.Divergence.TotalVariation();
    };
  }

  private static LossResult<?> evaluate(RowCase c, Divergence divergence) throws CaseException {
    requireTeacher(c);
    return new DistillationReference(
            divergence,
            c.referenceOptions(),
            c.temperature,
            teacherTemperature(c),
            isSquared(c),
            c.hardWeight())
        .evaluate(c.referenceBatch(), c.teacher.reference());
  }

  private static void requireTeacher(RowCase c) throws CaseException {
    if (c.teacher == null) {
      throw new CaseException("inputs.teacher_logits is missing");
    }
    c.teacher.requireClasses(c);
    double hard = c.hardWeight();
    if (!(hard >= 0 && hard <= 1)) {
      throw c.options.invalid("weight_hard_loss", "0 <= weight_hard_loss <= 1");
    }
    if (hard != 0 && c.labels == null) {
      throw c.options.invalid("weight_hard_loss", "0 without inputs.labels");
    }
  }

  static double teacherTemperature(RowCase c) throws CaseException {
    return c.temperature("teacher_temperature", c.temperature);
  }

  static boolean isSquared(RowCase c) throws CaseException {
    return c.options.choice("temperature_squared", false, List.of(true, false));
  }
}
