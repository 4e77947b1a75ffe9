package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.TextTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one run, three rows a batch: the copy, the loss alone, loss and gradient. */
public final class SpeedTable {

  /** How the table is to be read. */
  public static final List<String> LEGEND =
      List.of(
          "GB/s: logits read, and gradient written where there is one. Copy: System.arraycopy of as"
              + " much.",
          "x copy: time as a multiple of the copy's. vs plain, vs textbook: how many times faster"
              + " than",
          "a good plain Java loop in the same type, and than the textbook in double on Commons"
              + " Math.",
          "B/op: garbage per call. JMH itself leaves a few kB per iteration: the copy row shows how"
              + " much.",
          "Many more bytes mean code that was not compiled yet, or not well: try --full.",
          "Read ratios within one run only: times change with the machine and with what else it"
              + " does.");

  private static final List<String> HEADER =
      List.of(
          "batch",
          "loss",
          "what",
          "ns/element",
          "+/-",
          "GB/s",
          "x copy",
          "vs plain",
          "vs textbook",
          "B/op");

  private final List<List<String>> rows = new ArrayList<>();

  SpeedTable(List<Speed> speeds) {
    var batches = new LinkedHashMap<MeasuredBatch, Map<MeasuredCode, Speed>>();
    for (var speed : speeds) {
      batches
          .computeIfAbsent(speed.batch(), batch -> new EnumMap<>(MeasuredCode.class))
          .put(speed.code(), speed);
    }
    for (var codes : batches.values()) {
      var copy = codes.get(MeasuredCode.COPY);
      addRow("copy", copy, copy, null, null);
      addRow(
          "loss",
          codes.get(MeasuredCode.KERNEL_LOSS),
          copy,
          codes.get(MeasuredCode.PLAIN_LOSS),
          codes.get(MeasuredCode.TEXTBOOK_LOSS));
      addRow(
          "loss+gradient",
          codes.get(MeasuredCode.KERNEL_GRADIENT),
          copy,
          codes.get(MeasuredCode.PLAIN_GRADIENT),
          codes.get(MeasuredCode.TEXTBOOK_GRADIENT));
    }
  }

  private void addRow(String what, Speed speed, Speed copy, Speed plain, Speed textbook) {
    var batch = speed.batch();
    rows.add(
        List.of(
            batch.shape() + " " + batch.type(),
            batch.loss().toString(),
            what,
            number("%.3f", speed.nanosPerElement()),
            number("%.0f%%", 100 * speed.spread()),
            number("%.1f", speed.gigabytesPerSecond()),
            number("%.2f", speed.nanos() / copy.nanos()),
            faster(speed, plain),
            faster(speed, textbook),
            number(speed.bytesAllocated() < 10 ? "%.2f" : "%.0f", speed.bytesAllocated())));
  }

  private static String faster(Speed speed, Speed other) {
    return other == null ? "" : number("%.1fx", other.nanos() / speed.nanos());
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
    return new TextTable(3, HEADER, rows).render();
  }
}
