package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.CrossEntropy;
import io.github.surprisal.NegativeLogLikelihood;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.CrossEntropyReference;
import io.github.surprisal.reference.NegativeLogLikelihoodReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every loss that cases may name, with how each engine is called for it. */
public final class Losses {
  private static final List<Loss> ROWS =
      List.of(
          new ClassificationLoss(
              "cross_entropy",
              "logits",
              true,
              Set.of("label_smoothing"),
              c ->
                  c.configure(CrossEntropy.builder())
                      .labelSmoothing(c.options.number("label_smoothing", 0))
                      .build(),
              c ->
                  new CrossEntropyReference(
                          c.referenceOptions(), c.options.number("label_smoothing", 0))
                      .evaluate(c.referenceBatch()),
              Sensitivity.SOFTMAX,
              Bounds.ofRows(3, 6, 4)),
          new ClassificationLoss(
              "nll",
              "log_probabilities",
              false,
              Set.of(),
              c -> c.configure(NegativeLogLikelihood.builder()).build(),
              c ->
                  new NegativeLogLikelihoodReference(c.referenceOptions())
                      .evaluate(c.referenceBatch()),
              Sensitivity.PLAIN,
              Bounds.ofRows(3, 3, 3)));

  private static final Map<String, Loss> BY_NAME = new TreeMap<>();

  static {
    ROWS.forEach(loss -> BY_NAME.put(loss.name(), loss));
    BinaryTable.ALL.forEach(loss -> BY_NAME.put(loss.name(), loss));
    RegressionTable.ALL.forEach(loss -> BY_NAME.put(loss.name(), loss));
    LikelihoodTable.ALL.forEach(loss -> BY_NAME.put(loss.name(), loss));
  }

  private Losses() {}

  /** The loss of this name. */
  public static Loss named(String name) throws CaseException {
    Loss loss = BY_NAME.get(name);
    if (loss == null) {
      throw CaseException.of(
          "loss", '"' + name + '"', "one of " + String.join(", ", BY_NAME.keySet()));
    }
    return loss;
  }

  /** The bounds of the loss of this name. */
  public static Bounds bounds(String name) {
    Loss loss = BY_NAME.get(name);
    return loss == null ? Bounds.UNKNOWN : loss.bounds();
  }
}
