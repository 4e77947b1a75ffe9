package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Headings, sentences and tables for a terminal.
 *
 * @param out where they go
 */
record Terminal(PrintWriter out) {

  void heading(String text) {
    out.println();
    out.println(text);
    out.println("=".repeat(text.length()));
  }

  void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  void table(List<String> header, List<List<String>> rows, int leftColumns) {
    out.println();
    out.println(new TextTable(leftColumns, header, rows).render());
    out.flush();
  }

  /** The last lines: which page was written, and how long all of it took. */
  void end(Path page, long nanos) {
    out.println();
    say("Charts: %s, a page for any browser.", page.toAbsolutePath().normalize());
    say("Took %.0f seconds.", nanos / 1e9);
    out.flush();
  }

  static String number(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
