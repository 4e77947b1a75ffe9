package io.github.surprisal;

import java.util.Arrays;

/** Ways in which the rows of a matrix can lie in an array, with other numbers around them. */
enum View {
  DENSE,
  ROWS,
  COLUMNS,
  SPARSE_ROWS,
  SPARSE_COLUMNS,
  IMAGES,
  CLASSES_FIRST;

  /** What lies around the elements. */
  static final float OTHER = 77.25f;

  private static final int OFFSET = 3;

  /** An empty matrix of {@code rows} and {@code columns}; of images, rows of two images. */
  Matrix matrix(int rows, int columns, boolean floats) {
    int pixels = rows / 2;
    boolean images = rows % 2 == 0 && rows > 0;
    int row =
        switch (this) {
          case DENSE -> columns;
          case ROWS -> columns + 2;
          case COLUMNS, CLASSES_FIRST, IMAGES -> 1;
          case SPARSE_ROWS -> 3 * columns + 1;
          case SPARSE_COLUMNS -> 2;
        };
    int column =
        switch (this) {
          case DENSE, ROWS -> 1;
          case COLUMNS, CLASSES_FIRST, IMAGES -> rows + 1;
          case SPARSE_ROWS -> 3;
          case SPARSE_COLUMNS -> 2 * rows + 1;
        };
    int most = (rows + 2) * (columns + 3);
    int length = OFFSET + (this == SPARSE_ROWS || this == SPARSE_COLUMNS ? 4 * most : most);
    float[] values = floats ? new float[length] : null;
    double[] doubles = floats ? null : new double[length];
    if (floats) {
      Arrays.fill(values, OTHER);
    } else {
      Arrays.fill(doubles, OTHER);
    }
    if (images && (this == IMAGES || this == CLASSES_FIRST)) {
      int imageStride = this == IMAGES ? columns * (pixels + 1) + 1 : pixels + 1;
      int classStride = this == IMAGES ? pixels + 1 : 2 * (pixels + 1);
      return floats
          ? Matrix.channelsFirst(values, OFFSET, 2, columns, pixels, imageStride, classStride)
          : Matrix.channelsFirst(doubles, OFFSET, 2, columns, pixels, imageStride, classStride);
    }
    return floats
        ? Matrix.of(values, OFFSET, rows, columns, row, column)
        : Matrix.of(doubles, OFFSET, rows, columns, row, column);
  }

  /** The same, filled with the elements of rows that lie one after the other. */
  Matrix matrix(double[] elements, int rows, boolean floats) {
    Matrix matrix = matrix(rows, elements.length / rows, floats);
    for (int i = 0; i < elements.length; i++) {
      int at = at(matrix, i / matrix.columns(), i % matrix.columns());
      if (floats) {
        matrix.floats()[at] = (float) elements[i];
      } else {
        matrix.doubles()[at] = elements[i];
      }
    }
    return matrix;
  }

  private static int at(Matrix m, int row, int column) {
    int images = m.layout().imageRows;
    int image = images == 0 ? 0 : row / images;
    return m.offset()
        + image * m.layout().imageStride
        + (row - image * images) * m.rowStride()
        + column * m.columnStride();
  }

  /** The elements, row after row. */
  static double[] elements(Matrix m) {
    double[] elements = new double[m.rows() * m.columns()];
    for (int i = 0; i < elements.length; i++) {
      int at = at(m, i / m.columns(), i % m.columns());
      elements[i] = m.floats() != null ? m.floats()[at] : m.doubles()[at];
    }
    return elements;
  }

  /** Whether all that lies around the elements is as it was. */
  static boolean othersKept(Matrix m) {
    int length = m.floats() != null ? m.floats().length : m.doubles().length;
    boolean[] inside = new boolean[length];
    for (int i = 0; i < m.rows() * m.columns(); i++) {
      inside[at(m, i / m.columns(), i % m.columns())] = true;
    }
    boolean kept = true;
    for (int i = 0; i < length; i++) {
      kept &= inside[i] || (m.floats() != null ? m.floats()[i] : m.doubles()[i]) == OTHER;
    }
    return kept;
  }
}
