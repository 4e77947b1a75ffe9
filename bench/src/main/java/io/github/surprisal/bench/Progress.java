package io.github.surprisal.bench;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of something long, in one line on standard error. */
public final class Progress {
  private Progress() {}

  /** A bar to step and to close. */
  public static ProgressBar bar(String task, int steps) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setMaxRenderedLength(100)
        .build();
  }
}
