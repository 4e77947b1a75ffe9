package io.github.surprisal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.bench.workload.MeasuredLosses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  private final StringWriter said = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(said))
        .setErr(new PrintWriter(said))
        .execute(arguments);
  }

  @Test
  void helpNamesEveryCommandAndCutsNoText() {
    var top = Main.commandLine();
    String help = top.getUsageMessage();
    for (Map.Entry<String, CommandLine> command : top.getSubcommands().entrySet()) {
      assertTrue(help.contains("  " + command.getKey() + " "), command.getKey());
      for (String below : command.getValue().getSubcommands().keySet()) {
        assertTrue(help.contains("  " + command.getKey() + " " + below), below);
      }
      // The help of the top shows the first paragraph alone: it must be whole.
      String first = command.getValue().getCommandSpec().usageMessage().description()[0];
      assertTrue(first.endsWith("."), first);
      String ownHelp = command.getValue().getUsageMessage().replaceAll("\\s+", " ");
      for (String text : command.getValue().getCommandSpec().usageMessage().description()) {
        String whole = text.formatted().replaceAll("\\s+", " ");
        assertTrue(ownHelp.contains(whole), whole);
      }
    }
  }

  @Test
  void lossesAreListedAndKnownByTheirClasses() {
    assertEquals(0, run("losses"));
    for (var loss : MeasuredLosses.ALL) {
      assertTrue(said.toString().contains(loss.name() + " "), loss.name());
    }
    assertTrue(said.toString().contains("logcumsumexp"));
    for (String name : new String[] {"SquaredError", "squarederror", "MSE", "mse"}) {
      assertEquals("mse", MeasuredLosses.named(name).name());
    }
    assertEquals("cross_entropy", MeasuredLosses.named("CrossEntropy").name());
    assertEquals("huber", MeasuredLosses.named("Huber").name());
    assertEquals("distillation_kl", MeasuredLosses.named("distillation_kl").name());
  }

  @Test
  void errorsOfFilesAreSentences(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "[1,\nnonsense");
    Path object = Files.writeString(folder.resolve("object"), "{}");
    String missing = folder.resolve("missing").toString();
    said("missing does not exist.", "report", missing);
    said("is a directory, expected a file.", "report", folder.toString());
    said("text is not JSON, as line 2 shows.", "report", text.toString());
    said("object is not an array of results, as bench --json writes.", "report", object.toString());
    said("missing does not exist.", "compare", missing, missing);
    said("missing is no directory, expected one for x.", "bench", "--json", missing + "/x");
    said("--output: " + folder + " is a directory", "demo", "--output", folder.toString());
  }

  private void said(String sentence, String... arguments) {
    said.getBuffer().setLength(0);
    assertTrue(run(arguments) != 0);
    assertTrue(said.toString().contains(sentence), said::toString);
    assertFalse(said.toString().contains("Exception"), said::toString);
  }
}
