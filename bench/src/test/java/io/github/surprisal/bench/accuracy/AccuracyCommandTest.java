package io.github.surprisal.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AccuracyCommandTest {
  private final StringWriter out = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new AccuracyCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(arguments);
  }

  @Test
  void showsEachRegimeAndPeer() {
    assertEquals(
        0, run("--loss", "mse,hinge", "--peer", "surprisal,plain-java", "--regime", "usual,tiny"));
    // Header, rule, two losses, two regimes, two peers.
    assertEquals(2 + 2 * 2 * 2, out.toString().lines().count(), out::toString);
  }

  @Test
  void findsWhatPlainJavaGetsWrong() {
    // sigmoid(x) - t cancels: far from 1 the naive gradient is 0 where 1e-12 is right.
    run(
        "--loss",
        "binary_cross_entropy_with_logits",
        "--peer",
        "plain-java",
        "--regime",
        "diverged");
    assertTrue(out.toString().contains("0.0, true "), out::toString);
  }

  @Test
  void namesWhatThereIs() {
    assertEquals(2, run("--peer", "nobody"));
    assertTrue(out.toString().contains("peer = nobody, expected one of [surprisal, "));
    assertEquals(2, run("--loss", "nothing"));
    assertTrue(out.toString().contains("loss = nothing, expected one of [cross_entropy, "));
  }
}
