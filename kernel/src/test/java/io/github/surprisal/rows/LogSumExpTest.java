package io.github.surprisal.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Matrix;
import io.github.surprisal.Workspace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Log-sum-exp of logarithms of whole numbers, at temperature 2, by each of its calls. */
class LogSumExpTest {
  private final LogSumExp loss = LogSumExp.builder().temperature(2).build();

  /** Twice the logarithms of 1, 3 and 4, 2. */
  private static final double[] LOGITS = {0, 2 * Math.log(3), 2 * Math.log(4), 2 * Math.log(2)};

  private static final double[] RESULTS = {Math.log(4), Math.log(6)};
  private static final double[] UPSTREAM = {8, -3};

  /** u p / 2. */
  private static final double[] GRADIENT = {1, 3, -1, -0.5};

  private static float[] floats(double[] x) {
    float[] floats = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    return floats;
  }

  private static Matrix matrix(double... values) {
    return Matrix.of(values, 2, 2);
  }

  @Test
  void results() {
    double[] results = new double[2];
    loss.forward(LOGITS, results);
    assertArrayEquals(RESULTS, results, 1e-14);
    Arrays.fill(results, 0);
    loss.forward(matrix(LOGITS), results);
    assertArrayEquals(RESULTS, results, 1e-14);
    float[] narrow = new float[2];
    loss.forward(floats(LOGITS), narrow);
    assertArrayEquals(floats(RESULTS), narrow, 1e-6f);
  }

  @Test
  void gradients() {
    double[] gradient = new double[4];
    loss.backward(LOGITS, UPSTREAM, gradient);
    assertArrayEquals(GRADIENT, gradient, 1e-14);
    double[] ofMatrix = new double[4];
    loss.backward(matrix(LOGITS), UPSTREAM, matrix(ofMatrix));
    assertArrayEquals(gradient, ofMatrix);
    float[] narrow = new float[4];
    loss.backward(floats(LOGITS), floats(UPSTREAM), narrow);
    assertArrayEquals(floats(GRADIENT), narrow, 1e-6f);
  }

  @Test
  void gradientsInPlace() {
    double[] x = LOGITS.clone();
    loss.backward(x, UPSTREAM, x);
    assertArrayEquals(GRADIENT, x, 1e-14);
    x = LOGITS.clone();
    var matrix = matrix(x);
    loss.backward(matrix, UPSTREAM, matrix);
    assertArrayEquals(GRADIENT, x, 1e-14);
  }

  private static void refuses(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertEquals(message, e.getMessage());
  }

  @Test
  void lengthsThatDoNotFit() {
    String expected = "gradient.length = 3, expected logits.length = 4";
    refuses(expected, () -> loss.backward(LOGITS, UPSTREAM, new double[3]));
    refuses(expected, () -> loss.backward(floats(LOGITS), floats(UPSTREAM), new float[3]));
    refuses(
        "upstream.length = 3, expected one a row, 2",
        () -> loss.backward(matrix(LOGITS), new double[3], matrix(new double[4])));
    refuses(
        "results.length = 1, expected one a row, 2",
        () -> loss.forward(matrix(LOGITS), new double[1]));
    var other = Matrix.of(new double[4], 1, 4);
    assertThrows(
        IllegalArgumentException.class, () -> loss.backward(matrix(LOGITS), UPSTREAM, other));
    var none = Matrix.of(new double[0], 2, 0);
    refuses("classes = 0, expected at least 1", () -> loss.forward(none, new double[2]));
  }

  @Test
  void memoryThatOverlaps() {
    String expected = "results overlaps logits, expected memory apart";
    double[] x = {1, 2};
    refuses(expected, () -> loss.forward(x, x));
    float[] narrow = {1, 2};
    refuses(expected, () -> loss.forward(narrow, narrow));
    expected = "gradient overlaps upstream, expected memory apart";
    refuses(expected, () -> loss.backward(new double[2], x, x));
    refuses(expected, () -> loss.backward(new float[2], narrow, narrow));
    assertThrows(IllegalArgumentException.class, () -> loss.forward(Matrix.of(x, 2, 1), x));
    assertThrows(
        IllegalArgumentException.class,
        () -> loss.backward(Matrix.of(new double[2], 2, 1), x, Matrix.of(x, 2, 1)));
  }

  @Test
  void nullsAreNamed() {
    float[] f = new float[1];
    String[] names = {"logits", "upstream", "gradient"};
    for (int i = 0; i < names.length; i++) {
      float[][] a = {f, f, new float[1]};
      a[i] = null;
      Executable call = () -> loss.backward(a[0], a[1], a[2]);
      assertEquals(names[i], assertThrows(NullPointerException.class, call).getMessage());
    }
  }

  @Test
  void noRows() {
    loss.forward(new float[0], new float[0]);
    loss.forward(new double[0], new double[0]);
    loss.backward(new double[0], new double[0], new double[0]);
    loss.forward(Matrix.of(new double[0], 0, 0), new double[0]);
  }

  @Test
  void functionsDoNotSeeTheDenominatorOfTheLastCall() {
    var workspace = new Workspace();
    double[] y = new double[4];
    for (int i = 0; i < 2; i++) {
      Softmax.builder().build().forward(matrix(0, 0, 0, 0), matrix(y), workspace);
      assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5}, y);
      var batch = Batch.of(matrix(LOGITS), new int[] {0, 1}).upstream(7).workspace(workspace);
      CrossEntropy.builder().build().lossAndGradient(batch, matrix(new double[4]));
    }
  }

  @Test
  void bounds() {
    var sum = new Bounds.Bound(4, 1 / 16.0);
    assertEquals(new Bounds(sum, sum, null, false), loss.bounds());
  }
}
