package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.Signature.Kind;
import java.util.Map;
import java.util.Set;

/** What cases may hold of losses over rows of classes, beside what all of these have. */
enum ClassificationFamily {
  /** Cross-entropy, whose targets may be probabilities. */
  CROSS_ENTROPY(
      Map.of("target_probabilities", Kind.FLOATING),
      Set.of("temperature", "softcap", "convention"),
      Set.of("hessian", "rows")),
  /** Of the softmax of logits against labels. */
  SOFTMAX(Map.of(), Set.of("temperature", "softcap"), Set.of("rows")),
  /** Of scores that are no logits of a softmax. */
  SCORES(Map.of(), Set.of(), Set.of()),
  /** Of the softmax of logits against a teacher. */
  DISTILLATION(
      CaseTeacher.INPUTS,
      Set.of("temperature", "teacher_temperature", "temperature_squared", "weight_hard_loss"),
      Set.of()),
  /** Of the label's score alone, so that no class can be forbidden. */
  LOG_PROBABILITIES(Map.of(), Set.of(), Set.of());

  final Map<String, Kind> inputs;
  final Set<String> options;
  final Set<String> outputs;

  ClassificationFamily(Map<String, Kind> inputs, Set<String> options, Set<String> outputs) {
    this.inputs = inputs;
    this.options = options;
    this.outputs = outputs;
  }

  /** Whether every class counts, so that classes may be forbidden. */
  boolean isOfAllScores() {
    return this != LOG_PROBABILITIES;
  }
}
