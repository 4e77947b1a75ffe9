package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.speed.SpeedTable;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the demo found out.
 *
 * @param digits one entry an epoch
 * @param verses one entry each few steps
 * @param counted models for scale, the one of the same order first
 * @param checks gradients against the oracle
 * @param speed the rough table of speeds
 */
record DemoReport(
    List<DigitTraining.Epoch> digits,
    List<CharacterTraining.Step> verses,
    List<CountedModel.Named> counted,
    List<GradientCheck> checks,
    SpeedTable speed) {

  /** Held-out accuracy that a right implementation is far above. */
  static final double LEAST_ACCURACY = 0.95;

  /** How near training has to come to the counted model, as a part of its perplexity. */
  static final double NEAR = 0.01;

  /** What went wrong, in words; empty if nothing did. */
  List<String> failures() {
    var failures = new ArrayList<String>();
    double accuracy = digits.getLast().accuracy();
    if (!(accuracy >= LEAST_ACCURACY)) {
      failures.add("digits: accuracy %.4f, expected %s".formatted(accuracy, LEAST_ACCURACY));
    }
    double perplexity = verses.getLast().heldOut().perplexity();
    double expected = counted.getFirst().score().perplexity();
    if (!(Math.abs(perplexity / expected - 1) <= NEAR)) {
      failures.add(
          "verses: perplexity %.4f, expected %.4f within %s".formatted(perplexity, expected, NEAR));
    }
    for (var check : checks) {
      if (!check.holds()) {
        failures.add(
            "%s: gradient off by %.2f ulp, promised %.0f"
                .formatted(check.name(), check.worstUlps(), check.bound()));
      }
    }
    return failures;
  }
}
