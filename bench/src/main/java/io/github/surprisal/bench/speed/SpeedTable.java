package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one run: for each batch a row a peer, speed beside accuracy. */
public final class SpeedTable {
  /** How the table is to be read. */
  public static final List<String> LEGEND =
      List.of(
          "times: the peer's time as a multiple of surprisal's. copy: the memory traffic alone.",
          "+/-: standard deviation of the iterations; beyond 10 % the machine was too noisy to"
              + " conclude.",
          "ulp: largest error of the gradient by the oracle, in float32 ulps of the largest term.",
          "B/op: garbage per call. JMH itself leaves a few kB per iteration, as the copy's row"
              + " shows.",
          "Read ratios within one run only: times change with the machine and what else it does.");

  private static final List<String> HEADER =
      List.of(
          "loss", "shape", "what", "peer", "ns/element", "+/-", "times", "ulp", "B/op", "remark");
  private static final String OWN = "surprisal";

  private final List<List<String>> rows = new ArrayList<>();

  /** The table of these. */
  public SpeedTable(List<Speed> speeds) {
    var batches = new LinkedHashMap<Speed.Batch, Map<String, Speed>>();
    for (var speed : speeds) {
      batches
          .computeIfAbsent(speed.batch(), batch -> new LinkedHashMap<>())
          .put(speed.peer(), speed);
    }
    batches.values().forEach(peers -> peers.values().forEach(s -> addRow(s, peers.get(OWN))));
  }

  private void addRow(Speed speed, Speed own) {
    rows.add(
        List.of(
            speed.loss(),
            speed.shape().toString(),
            (speed.what().equals("lossAndGradient") ? "loss+gradient" : speed.what())
                + (speed.threads() > 1 ? " " + speed.threads() + " threads" : ""),
            speed.peer(),
            number("%.3f", speed.nanosPerElement()),
            number("%.0f%%", 100 * speed.variation()),
            own == null ? "" : number("%.2f", speed.nanos() / own.nanos()),
            ulps(speed.checked("maxUlp")),
            number("%.0f", speed.bytesAllocated()),
            remark(speed)));
  }

  private static String remark(Speed speed) {
    if (!speed.isRight()) {
      return "WRONG: " + speed.check().path("witness").asText();
    }
    return speed.isNoisy() ? "noisy" : "";
  }

  private static String ulps(double value) {
    return value > 1e6 ? number("%.0e", value) : number("%.1f", value);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  /** Titles of the columns. */
  public List<String> header() {
    return HEADER;
  }

  /** The cells, row by row. */
  public List<List<String>> rows() {
    return rows;
  }

  /** The table for a terminal. */
  public String render() {
    return new TextTable(4, HEADER, rows).render();
  }
}
