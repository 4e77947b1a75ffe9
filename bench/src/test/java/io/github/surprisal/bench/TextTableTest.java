package io.github.surprisal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void namesAlignLeftAndNumbersRight() {
    var table =
        new TextTable(
            1, List.of("shape", "ns"), List.of(List.of("32x10", "1.5"), List.of("1x1", "12.25")));

    assertEquals(
        List.of("shape     ns", "-----  -----", "32x10    1.5", "1x1    12.25"),
        table.render().lines().toList());
  }

  @Test
  void emptyCellsLeaveNoBlanksAtTheEnd() {
    var table = new TextTable(2, List.of("a", "b"), List.of(List.of("x", "")));

    assertEquals(List.of("a  b", "-  -", "x"), table.render().lines().toList());
  }
}
