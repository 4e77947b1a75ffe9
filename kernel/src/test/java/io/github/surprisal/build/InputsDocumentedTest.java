package io.github.surprisal.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comment of every loss says at once what its predictions and targets are. */
class InputsDocumentedTest {
  private static final Pattern LOSS =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\s*)?"
              + "public (?:final class \\w+ extends (?:Row|Label|Softmax)Loss"
              + "|record \\w+\\([^{]*implements BuiltInFormula)",
          Pattern.DOTALL);

  /** The second paragraph. */
  private static final Pattern INPUTS =
      Pattern.compile("^[^<]*<p>Predictions are [^.]+, targets are [^.]+\\. ?(?:<|$)");

  @Test
  void everyLossSaysWhatItsInputsAre() throws IOException {
    var silent = new ArrayList<String>();
    int losses = 0;
    for (Path file : Exported.sources()) {
      var loss = LOSS.matcher(Files.readString(file));
      if (loss.find()) {
        losses++;
        if (!INPUTS.matcher(plain(loss.group(1))).find()) {
          silent.add(file.getFileName().toString());
        }
      }
    }
    assertEquals(List.of(), silent);
    assertTrue(losses >= 38, losses + " losses");
  }

  /** A comment in one line, with the names of its links alone. */
  private static String plain(String comment) {
    return comment
        .replaceAll("\\R\\s*\\*", " ")
        .replaceAll("\\{@\\w+ ([^}]*)\\}", "$1")
        .replaceAll("&\\w+;", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
