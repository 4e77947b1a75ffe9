package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Times of cases that run in turns, a few milliseconds each, so that whatever slows the machine for
 * longer slows all of them alike. Ratios are of two times within one round.
 */
final class Turns {
  /** How the table is to be read. */
  static final List<String> LEGEND =
      List.of(
          "ns/element: of the fastest turn, of the median, and the mean.",
          "times: as a multiple of the first case's time in the same round, the median; and from"
              + " the lower to the upper quartile.",
          "of fastest: the ratio of the fastest turns, which nothing slowed.");

  private static final List<String> HEADER =
      List.of(
          "case",
          "fastest ns",
          "median ns",
          "mean ns",
          "times",
          "from",
          "to",
          "of fastest",
          "remark");

  /** Beyond this distance of its quartiles, as a part of the median, a ratio says little. */
  static final double NOISY = 0.1;

  /** What a turn takes at least, beside one call that brings the data back to the caches. */
  private static final double NANOS_A_TURN = 2e6;

  /**
   * What is measured.
   *
   * @param name for the table
   * @param elements what a call works on
   * @param code the call
   */
  record Case(String name, long elements, Runnable code) {}

  private final List<Case> cases;
  private final LongSupplier clock;
  // Read by the thread that ends an interrupted process.
  private final List<double[]> rounds = new CopyOnWriteArrayList<>();

  /** In turns by a clock of nanoseconds. */
  Turns(List<Case> cases, LongSupplier clock) {
    this.cases = cases;
    this.clock = clock;
  }

  /** How many rounds there were. */
  int rounds() {
    return rounds.size();
  }

  /** One turn of each case. */
  void round() {
    rounds.add(cases.stream().mapToDouble(this::nanosPerElement).toArray());
  }

  private double nanosPerElement(Case each) {
    each.code.run();
    long start = clock.getAsLong();
    long took = 0;
    long calls = 0;
    for (; took < NANOS_A_TURN; calls++) {
      each.code.run();
      took = clock.getAsLong() - start;
    }
    return (double) took / calls / each.elements;
  }

  /** A row a case. */
  TextTable table() {
    return new TextTable(1, HEADER, IntStream.range(0, cases.size()).mapToObj(this::row).toList());
  }

  private List<String> row(int i) {
    double[] nanos = rounds.stream().mapToDouble(round -> round[i]).toArray();
    double[] first = rounds.stream().mapToDouble(round -> round[0]).toArray();
    double[] times = rounds.stream().mapToDouble(round -> round[i] / round[0]).toArray();
    var cells = new ArrayList<>(List.of(cases.get(i).name));
    double fastest = StatUtils.min(nanos);
    for (double n :
        new double[] {fastest, StatUtils.percentile(nanos, 50), StatUtils.mean(nanos)}) {
      cells.add(String.format(Locale.ROOT, "%.3f", n));
    }
    for (double percent : new double[] {50, 25, 75}) {
      cells.add(ratio(StatUtils.percentile(times, percent)));
    }
    cells.add(ratio(fastest / StatUtils.min(first)));
    cells.add(isNoisy(times) ? "noisy" : "");
    return cells;
  }

  private static boolean isNoisy(double[] times) {
    double spread = StatUtils.percentile(times, 75) - StatUtils.percentile(times, 25);
    return spread > NOISY * StatUtils.percentile(times, 50);
  }

  /** What to do where quartiles of ratios are too far apart, or null if none are. */
  String advice() {
    long noisy = table().rows().stream().filter(row -> row.getLast().equals("noisy")).count();
    return noisy == 0
        ? null
        : "Too noisy to conclude: the quartiles of %d of %d cases are more than %.0f %% apart."
                .formatted(noisy, cases.size(), 100 * NOISY)
            + " Measure again with more --seconds, or when the machine has less to do.";
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
