package io.github.surprisal.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.Matrix;
import org.junit.jupiter.api.Test;

/** Arguments of calls that are made less often. */
class RareArgumentsTest {
  @Test
  void shapesOfWhatIsRareAreChecked() {
    var logits = Matrix.of(new float[6], 2, 3);
    var other = Matrix.of(new float[6], 3, 2);
    var batch = Batch.of(logits, new int[2]);
    var loss = CrossEntropy.builder().build();
    assertEquals(
        "hessian = " + other + ", expected the shape of logits = " + logits,
        assertThrows(
                IllegalArgumentException.class,
                () -> loss.gradientAndHessian(batch, Matrix.of(new float[6], 2, 3), other))
            .getMessage());
    assertEquals(
        "classes = 0, expected at least 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> LogSumExp.builder().build().forward(new float[0], new float[2]))
            .getMessage());
  }

  @Test
  void aGradientThatOverlapsInputsInPartIsRefused() {
    double[] memory = new double[9];
    var saved = Matrix.of(memory, 0, 2, 3, 3);
    var later = Matrix.of(memory, 3, 2, 3, 3);
    var apart = Matrix.of(new double[6], 2, 3);
    assertEquals(
        "gradient = %s overlaps saved = %s, expected the same or none".formatted(later, saved),
        assertThrows(
                IllegalArgumentException.class,
                () -> Softmax.builder().build().backward(saved, apart, later))
            .getMessage());
    assertEquals(
        "gradient = %s overlaps logits = %s, expected the same or none".formatted(later, saved),
        assertThrows(
                IllegalArgumentException.class,
                () -> LogSumExp.builder().build().backward(saved, new double[2], later))
            .getMessage());
  }
}
