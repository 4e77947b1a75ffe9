package io.github.surprisal.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.bench.accuracy.Check;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLoopTest {
  /** A multiple of the lengths of all vectors, and what is left beside them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 100, 1000, 3001})
  void isRightAtAnyNumberOfClasses(int classes) {
    // The last row is the last of its array, beyond which nothing may be read.
    var workload = MeasuredLosses.named("cross_entropy").draw(new Shape(5, classes));
    var peer = new PlainLoop();
    try (var prepared = peer.prepare(workload, 1)) {
      double loss = prepared.lossAndGradient();
      assertEquals(loss, prepared.loss());
      var check = Check.of(peer, prepared, workload);
      if (classes > 1) { // else the loss is 0, and errors have nothing to be relative to
        assertTrue(check.isRight(), check::toString);
      } else {
        assertEquals(0, loss);
      }
    }
  }
}
