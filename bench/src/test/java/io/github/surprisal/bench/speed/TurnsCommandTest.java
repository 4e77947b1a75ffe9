package io.github.surprisal.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class TurnsCommandTest {
  private final AtomicLong clock = new AtomicLong();
  private final StringBuilder order = new StringBuilder();

  /** A case whose call takes so many ms. */
  private Turns.Case called(String name, long elements, long... millis) {
    var next = new AtomicInteger();
    return new Turns.Case(
        name,
        elements,
        () -> {
          order.append(name);
          clock.addAndGet(1_000_000 * millis[next.getAndIncrement() % millis.length]);
        });
  }

  @Test
  void casesRunInTurnsAndRatiosAreOfTheSameRound() {
    // In the second round, and the fourth, everything takes twice as long.
    var turns =
        new Turns(
            List.of(called("a", 1000, 2, 2, 4, 4), called("b", 1000, 3, 3, 6, 6)), clock::get);
    for (int round = 0; round < 4; round++) {
      turns.round();
    }
    // A turn is a call that is not timed and, where those take 2 ms, one that is.
    assertEquals("aabb".repeat(4), order.toString());
    assertEquals(
        List.of(
            List.of("a", "2000.000", "3000.000", "3000.000", "1.00", "1.00", "1.00", "1.00", ""),
            List.of("b", "3000.000", "4500.000", "4500.000", "1.50", "1.50", "1.50", "1.50", "")),
        turns.table().rows());
  }

  @Test
  void shortCallsAreRepeatedAndRatiosAreOfElements() {
    var turns = new Turns(List.of(called("a", 500, 1), called("b", 1000, 1)), clock::get);
    turns.round();
    assertEquals("aaabbb", order.toString());
    assertEquals("0.50", turns.table().rows().get(1).get(4));
  }

  @Test
  void saysWhenItWasTooNoisyToConclude() {
    var noisy =
        new Turns(List.of(called("a", 1000, 2), called("b", 1000, 2, 2, 2, 3, 4, 5)), clock::get);
    for (int round = 0; round < 6; round++) {
      noisy.round();
    }
    assertEquals("", noisy.table().rows().get(0).getLast());
    assertEquals("noisy", noisy.table().rows().get(1).getLast());
    assertTrue(noisy.advice().contains("1 of 2 cases are more than 10 % apart"), noisy::advice);
    assertTrue(noisy.advice().contains("--seconds"), noisy::advice);
  }

  private static List<String> cases(String... arguments) {
    var turns = new TurnsCommand();
    new CommandLine(turns).parseArgs(arguments);
    return turns.plan().jobs().stream().map(SpeedPlan.Job::toString).toList();
  }

  @Test
  void besideThisLibraryRunTheYardstickPlainJavaAndCopy() {
    assertEquals(
        List.of(
            "cross_entropy of surprisal 7x40",
            "cross_entropy of plain-loop 7x40",
            "cross_entropy of plain-java 7x40",
            "cross_entropy of copy 7x40"),
        cases("--shape", "7x40"));
    // Not every peer has every loss.
    assertEquals(
        List.of("mse of surprisal 7x40", "mse of plain-java 7x40", "mse of copy 7x40"),
        cases("--shape", "7x40", "--loss", "mse"));
  }

  @Test
  void namedPeersRunInTheirOrder() {
    assertEquals(
        List.of("cross_entropy of plain-loop 7x40", "cross_entropy of textbook 7x40"),
        cases("--shape", "7x40", "--peer", "plain-loop,textbook"));
  }

  @Test
  void peersThatHaveNoneOfTheLossesAreNamed() {
    var wrong =
        assertThrows(
            ParameterException.class, () -> cases("--loss", "mse,l1", "--peer", "plain-loop"));
    assertEquals(
        "--peer = [plain-loop], expected one that has one of the losses [mse, l1]",
        wrong.getMessage());
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
