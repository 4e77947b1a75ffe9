package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.Failure;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is to be done once: at the end, or when the process is asked to end before. */
final class Interruptible {
  private final AtomicBoolean isDone = new AtomicBoolean();

  private Interruptible() {}

  /** Work that may fail to write. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /** Does {@code work} at an interrupt, unless {@link #run} came first. */
  static Interruptible onInterrupt(Work work) {
    var once = new Interruptible();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                once.run(work);
              } catch (IOException e) {
                System.err.println("surprisal: " + Failure.describe(e));
              }
            }));
    return once;
  }

  /** Does it, unless it has been done. */
  void run(Work work) throws IOException {
    if (isDone.compareAndSet(false, true)) {
      work.run();
    }
  }
}
