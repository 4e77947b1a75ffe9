package io.github.surprisal.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TurnsCommandTest {
  @Test
  void casesRunInTurns() {
    var order = new StringBuilder();
    var turns =
        new Turns(
            List.of(
                new Turns.Case("a", 1, () -> pause(order, 'a')),
                new Turns.Case("b", 2, () -> pause(order, 'b'))));
    turns.round();
    turns.round();
    // A turn is a call that is not timed and, as these take longer than a turn, one that is.
    assertEquals("aabbaabb", order.toString());
  }

  private static void pause(StringBuilder order, char name) {
    order.append(name);
    try {
      Thread.sleep(3);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shortCallsAreRepeated() {
    var calls = new AtomicInteger();
    var turns = new Turns(List.of(new Turns.Case("short", 1, calls::incrementAndGet)));
    turns.round();
    assertTrue(calls.get() > 2, () -> calls + " calls");
    var row = turns.table().rows().getFirst();
    assertEquals("short", row.getFirst());
    assertEquals(List.of("1.00", "1.00", "1.00", "1.00"), row.subList(4, 8));
    assertEquals(1, row.subList(1, 4).stream().distinct().count(), "one round: " + row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "3601"})
  void wrongSecondsAreNamed(String seconds) {
    var err = new StringWriter();
    int code =
        new CommandLine(new TurnsCommand())
            .setErr(new PrintWriter(err))
            .execute("--seconds", seconds);
    assertEquals(2, code);
    assertTrue(err.toString().contains("--seconds = "), err::toString);
  }
}
