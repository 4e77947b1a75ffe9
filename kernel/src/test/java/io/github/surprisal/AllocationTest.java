package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/**
 * No garbage, once compiled and with every loss in use in the same JVM: vectors that escape would be
 * boxed, and a shared type profile would make them escape.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void noCallAllocates() {
    var calls =
        List.<DoubleSupplier>of(
            call(40, 10, 0), call(40, 10, 3), call(9, 100, 1), call(9, 100, 12), call(2, 5000, 0),
            call(2, 5000, 7), nll());
    long deadline = System.nanoTime() + 60_000_000_000L;
    long allocated = Long.MAX_VALUE;
    // C2 compiles in its own time; until then vectors are objects.
    while (allocated > 0 && System.nanoTime() < deadline) {
      for (var call : calls) {
        for (int i = 0; i < 300; i++) {
          call.getAsDouble();
        }
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        for (int c = 0; c < calls.size(); c++) {
          calls.get(c).getAsDouble();
        }
      }
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    assertEquals(0, allocated, "bytes after warm-up");
  }

  private static DoubleSupplier call(int rows, int classes, int options) {
    var c = new CrossEntropyCase(1, CrossEntropyCase.Regime.NORMAL, rows, classes).with(options);
    var loss = c.loss();
    var floats = c.batch(c.matrixF32(c.logits), c.matrixF32(c.probabilities));
    var floatGradient = Matrix.of(new float[rows * classes], rows, classes);
    var doubles = c.batch(c.matrixF64(c.logits), c.matrixF64(c.probabilities)).sum(new LossSum());
    var doubleGradient = Matrix.of(new double[rows * classes], rows, classes);
    return () ->
        loss.lossAndGradient(floats, floatGradient)
            + loss.lossAndGradient(doubles, doubleGradient)
            + loss.loss(floats);
  }

  private static DoubleSupplier nll() {
    var nll = NegativeLogLikelihood.create();
    float[] logits = new float[70];
    float[] gradient = new float[70];
    int[] labels = new int[7];
    return () -> nll.lossAndGradient(logits, labels, gradient);
  }
}
