package io.github.surprisal.bench.speed;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs code until the JIT compilers leave it alone. After every loss has run, their queue is long,
 * and on one core they share it with what is to be measured: until they are through, vector code is
 * up to a thousand times slower.
 */
final class WarmUp {
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(600);
  private static final long MOST = TimeUnit.SECONDS.toNanos(20);
  private static final long TURN = TimeUnit.MILLISECONDS.toNanos(30);

  private WarmUp() {}

  /** Calls {@code code}, in turn with pauses, until nothing has been compiled for a while. */
  static void run(Runnable code) throws InterruptedException {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long start = System.nanoTime();
    long changed = start;
    long spent = -1;
    for (long now = start; now - start < MOST && now - changed < QUIET; now = System.nanoTime()) {
      for (long turn = now; now - turn < TURN; now = System.nanoTime()) {
        code.run();
      }
      Thread.sleep(TimeUnit.NANOSECONDS.toMillis(TURN));
      // Milliseconds, and only of what has been finished.
      long total = compilers.getTotalCompilationTime();
      if (total != spent) {
        spent = total;
        changed = System.nanoTime();
      }
    }
  }
}
