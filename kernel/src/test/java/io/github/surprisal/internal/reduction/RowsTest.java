package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows in every layout, against the index of each element. */
class RowsTest {
  private static final int ROWS = 6;
  private static final int COLUMNS = 4;
  private static final int OFFSET = 5;

  /** Distances from a row, an element and an image to the next, and rows an image. */
  enum Form {
    DENSE(COLUMNS, 1, 0, 0),
    APART(9, 1, 0, 0),
    COLUMN_MAJOR(1, ROWS, 0, 0),
    IMAGES(1, 3, 20, 3),
    IMAGES_BY_ROWS(5, 1, 30, 2);

    final int stride;
    final int columnStride;
    final int imageStride;
    final int imageRows;

    Form(int stride, int columnStride, int imageStride, int imageRows) {
      this.stride = stride;
      this.columnStride = columnStride;
      this.imageStride = imageStride;
      this.imageRows = imageRows;
    }

    int index(int row, int column) {
      int image = imageRows == 0 ? 0 : row / imageRows;
      int inImage = row - image * imageRows;
      return OFFSET + image * imageStride + inImage * stride + column * columnStride;
    }

    Rows rows(float[] floats, double[] doubles) {
      var rows = new Rows();
      rows.set(floats, doubles, OFFSET, stride, columnStride);
      rows.images(imageRows, imageStride);
      return rows;
    }
  }

  /** An array of numbers that tell where they are. */
  private static double[] numbers() {
    double[] numbers = new double[100];
    Arrays.setAll(numbers, i -> i + 1);
    return numbers;
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  @ParameterizedTest
  @EnumSource
  void elements(Form form) {
    double[] doubles = numbers();
    float[] floats = floats(doubles);
    for (Rows rows : new Rows[] {form.rows(floats, null), form.rows(null, doubles)}) {
      var copy = new Rows();
      copy.set(rows);
      for (int row = 0; row < ROWS; row++) {
        assertEquals(form.index(row, 0), rows.at(row));
        for (int j = 0; j < COLUMNS; j++) {
          assertEquals(form.index(row, j) + 1, rows.get(row, j));
          assertEquals(form.index(row, j) + 1, copy.get(row, j));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changes(Form form) {
    double[] doubles = numbers();
    float[] floats = floats(doubles);
    double[] expected = numbers();
    for (int j = 0; j < COLUMNS - 1; j++) {
      expected[form.index(1, j)] = 0.5;
      expected[form.index(3, j)] *= 8;
      expected[form.index(4, j)] /= 0.0;
    }
    expected[form.index(5, 2)] = -3;
    for (Rows rows : new Rows[] {form.rows(floats, null), form.rows(null, doubles)}) {
      rows.fill(1, COLUMNS - 1, 0.5);
      rows.scale(3, COLUMNS - 1, 3);
      rows.divideByZero(4, COLUMNS - 1);
      rows.put(5, 2, -3);
    }
    assertArrayEquals(expected, doubles);
    assertArrayEquals(floats(expected), floats);
    var absent = new Rows();
    assertFalse(absent.present());
    absent.scale(0, COLUMNS, 3);
    absent.divideByZero(0, COLUMNS);
  }

  @ParameterizedTest
  @EnumSource
  void shapes(Form form) {
    double[] doubles = numbers();
    var rows = form.rows(null, doubles);
    assertEquals(form.columnStride == 1 && form.imageRows == 0, rows.byRows());
    assertEquals(form == Form.DENSE, rows.dense(COLUMNS));
    assertFalse(rows.dense(COLUMNS - 1));
    assertEquals(form.stride, rows.stride());
    assertEquals(form.columnStride, rows.columnStride());
    for (int row = 0; row < ROWS; row++) {
      int even = 1;
      while (row + even < ROWS
          && form.index(row + even, 0) - form.index(row, 0) == even * form.stride) {
        even++;
      }
      assertEquals(even, rows.evenRows(row, ROWS));
    }
    assertTrue(rows.same(form.rows(null, doubles)));
    assertFalse(rows.same(form.rows(null, numbers())));
    assertFalse(rows.same(form.rows(floats(doubles), null)));
    float[] floats = floats(doubles);
    assertTrue(form.rows(floats, null).same(form.rows(floats, null)));
    assertFalse(form.rows(floats, null).same(form.rows(floats(doubles), null)));
    assertFalse(new Rows().same(new Rows()));
    rows.move(OFFSET + 1, form.stride);
    assertFalse(rows.same(form.rows(null, doubles)));
    assertTrue(rows.byRows());
    assertEquals(OFFSET + 1 + 2 * form.stride, rows.at(2));
  }
}
