package io.github.surprisal.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of text for a terminal: the first ones aligned to the left, numbers to the right, and a
 * last one of words to the left again.
 *
 * @param leftColumns how many columns are aligned to the left
 * @param header titles of the columns
 * @param rows as many cells each as the header has
 */
public record TextTable(int leftColumns, List<String> header, List<List<String>> rows) {

  /** Titles of columns that hold words, wherever they are. */
  private static final Set<String> WORDS = Set.of("remark", "the worst", "verdict");

  /** The lines, without an end of line after the last. */
  public String render() {
    var lines = IntStream.range(0, rows.size() + 2).mapToObj(this::line).toList();
    return String.join(System.lineSeparator(), lines);
  }

  private String line(int index) {
    return IntStream.range(0, header.size())
        .mapToObj(column -> pad(cell(index, column), column))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private String cell(int line, int column) {
    return switch (line) {
      case 0 -> header.get(column);
      case 1 -> "-".repeat(width(column));
      default -> rows.get(line - 2).get(column);
    };
  }

  private String pad(String cell, int column) {
    boolean isText = column < leftColumns || WORDS.contains(header.get(column));
    String blanks = " ".repeat(width(column) - cell.length());
    return isText ? cell + blanks : blanks + cell;
  }

  private int width(int column) {
    int widest = header.get(column).length();
    for (var row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }
}
