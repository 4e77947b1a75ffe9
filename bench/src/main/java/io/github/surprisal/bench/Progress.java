package io.github.surprisal.bench;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of something long, in one line on standard error; none where that is no terminal. */
public final class Progress {
  private Progress() {}

  /** A bar to step and to close. */
  public static ProgressBar bar(String task, int steps) {
    var builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII);
    // Where a terminal is, the bar asks it for its width each time.
    if (!isTerminal()) {
      var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      builder.setConsumer(new ConsoleProgressBarConsumer(nowhere, 80));
    }
    return builder.build();
  }

  /** Since JDK 22 there is a console without a terminal too. */
  private static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
