package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Images in each way to say them give what their pixels give as rows. */
class ImagesTest {
  private static final int IMAGES = 2;
  private static final int CLASSES = 3;
  private static final int PIXELS = 4;
  private static final int ROWS = IMAGES * PIXELS;
  private static final int[] LABELS = {0, 1, 2, 0, 2, 2, 1, 0};

  private final double[] rows =
      new SplittableRandom(1).doubles(ROWS * CLASSES, -3, 3).map(x -> (float) x).toArray();

  private static int index(int row, int column, int offset, int imageStride, int classStride) {
    return offset + row / PIXELS * imageStride + column * classStride + row % PIXELS;
  }

  private double[] laid(double[] values, int offset, int imageStride, int classStride) {
    double[] laid = new double[60];
    for (int i = 0; i < values.length; i++) {
      laid[index(i / CLASSES, i % CLASSES, offset, imageStride, classStride)] = values[i];
    }
    return laid;
  }

  private void check(Matrix images, Matrix dense, int offset, int imageStride, int classStride) {
    var loss = CrossEntropy.builder().build();
    double expected = loss.lossAndGradient(Batch.of(dense, LABELS), dense);
    assertEquals(expected, loss.lossAndGradient(Batch.of(images, LABELS), images));
    assertArrayEquals(laid(numbers(dense), offset, imageStride, classStride), numbers(images));
  }

  private static double[] numbers(Matrix matrix) {
    return matrix.floats() == null ? matrix.doubles() : RowFunctionCase.toDoubles(matrix.floats());
  }

  @Test
  void oneAfterTheOther() {
    double[] laid = laid(rows, 0, CLASSES * PIXELS, PIXELS);
    check(
        Matrix.channelsFirst(laid, IMAGES, CLASSES, PIXELS),
        Matrix.of(rows.clone(), ROWS, CLASSES),
        0,
        CLASSES * PIXELS,
        PIXELS);
    check(
        Matrix.channelsFirst(CrossEntropyCase.toFloats(laid(rows, 0, 12, 4)), 2, 3, 4),
        Matrix.of(CrossEntropyCase.toFloats(rows), ROWS, CLASSES),
        0,
        CLASSES * PIXELS,
        PIXELS);
  }

  @Test
  void apart() {
    check(
        Matrix.channelsFirst(laid(rows, 5, 20, 6), 5, IMAGES, CLASSES, PIXELS, 20, 6),
        Matrix.of(rows.clone(), ROWS, CLASSES),
        5,
        20,
        6);
    float[] floats = CrossEntropyCase.toFloats(laid(rows, 5, 20, 6));
    check(
        Matrix.channelsFirst(floats, 5, IMAGES, CLASSES, PIXELS, 20, 6),
        Matrix.of(CrossEntropyCase.toFloats(rows), ROWS, CLASSES),
        5,
        20,
        6);
  }

  @Test
  void rowsOfDoublesWithinAnArray() {
    double[] wide = new double[100];
    System.arraycopy(rows, 0, wide, 7, rows.length);
    var part = Matrix.of(wide, 7, ROWS, CLASSES, CLASSES);
    var loss = CrossEntropy.builder().build();
    assertEquals(
        loss.loss(Batch.of(Matrix.of(rows, ROWS, CLASSES), LABELS)),
        loss.loss(Batch.of(part, LABELS)));
    assertEquals("Matrix[double, 8 x 3, offset 7, row stride 3]", part.toString());
    assertEquals(
        "Matrix[float, 1 x 2, offset 0, row stride 2]", Matrix.of(new float[2], 1, 2).toString());
  }
}
