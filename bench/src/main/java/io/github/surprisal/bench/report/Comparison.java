package io.github.surprisal.bench.report;

import io.github.surprisal.bench.TextTable;
import io.github.surprisal.bench.speed.Speed;
import io.github.surprisal.bench.speed.SpeedResults;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became slower or faster from one run to another on the same machine. Only where the
 * confidence intervals of 99.9 % are apart, and the means by more than 5 %, is there a difference.
 *
 * @param changes in the order of the new run
 */
record Comparison(List<Change> changes) {
  private static final double LEAST = 1.05;

  /** How a peer's time at one batch changed. */
  record Change(Speed before, Speed after) {
    double ratio() {
      return after.nanos() / before.nanos();
    }

    boolean isSlower() {
      return after.low() > before.high() && ratio() > LEAST;
    }

    boolean isFaster() {
      return after.high() < before.low() && ratio() < 1 / LEAST;
    }

    private List<String> row() {
      return List.of(
          after.peer(),
          after.loss(),
          after.shape().toString(),
          after.what(),
          number("%.3f", before.nanosPerElement()),
          number("%.3f", after.nanosPerElement()),
          number("%.2f", ratio()),
          "%s to %s"
              .formatted(
                  number("%.2f", after.low() / before.high()),
                  number("%.2f", after.high() / before.low())),
          isSlower() ? "SLOWER" : isFaster() ? "faster" : "");
    }
  }

  static Comparison of(SpeedResults before, SpeedResults after) {
    Map<String, Speed> old = new HashMap<>();
    before.speeds().forEach(speed -> old.put(key(speed), speed));
    return new Comparison(
        after.speeds().stream()
            .filter(speed -> old.containsKey(key(speed)))
            .map(speed -> new Change(old.get(key(speed)), speed))
            .toList());
  }

  private static String key(Speed speed) {
    return speed.peer() + ' ' + speed.batch();
  }

  /** Whether anything of this library became slower; peers are shown for scale. */
  boolean hasRegression() {
    return changes.stream()
        .anyMatch(change -> change.isSlower() && change.after.peer().startsWith("surprisal"));
  }

  /** The table for a terminal. */
  String render() {
    var header =
        List.of(
            "peer",
            "loss",
            "shape",
            "what",
            "before, ns/element",
            "after",
            "ratio",
            "99.9 % interval",
            "verdict");
    return new TextTable(4, header, changes.stream().map(Change::row).toList()).render();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
