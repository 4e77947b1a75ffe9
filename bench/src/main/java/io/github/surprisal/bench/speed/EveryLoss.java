package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.Surprisal;
import io.github.surprisal.bench.peer.SurprisalFloat64;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
import java.util.List;

/**
 * Runs every loss in both types, so that the JIT compiler's type profiles are those of a program
 * that uses the whole library. Code measured alone in its JVM can look many times faster than what
 * such a program gets.
 */
final class EveryLoss {
  private static final List<Shape> OF_ROWS =
      List.of(new Shape(32, 10), new Shape(8, 100), new Shape(2, 3000));
  private static final List<Shape> OF_ELEMENTS = List.of(new Shape(1, 1000));
  private static final int ROUNDS = 3;

  static {
    for (Peer kernel : List.of(new Surprisal(), new SurprisalFloat64())) {
      for (MeasuredLoss loss : MeasuredLosses.ALL) {
        for (var shape : loss.isOfRows() ? OF_ROWS : OF_ELEMENTS) {
          try (var prepared = kernel.prepare(loss.draw(shape), 1)) {
            for (int round = 0; round < ROUNDS; round++) {
              prepared.loss();
              prepared.lossAndGradient();
            }
          }
        }
      }
    }
  }

  private EveryLoss() {}

  /** Returns when all have run, which the first call waits for, some seconds. */
  static void run() {}
}
