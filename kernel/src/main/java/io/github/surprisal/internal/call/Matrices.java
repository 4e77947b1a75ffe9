package io.github.surprisal.internal.call;

import io.github.surprisal.Matrix;
import io.github.surprisal.internal.reduction.Rows;

/** What calls do with the matrices that they are given. */
public final class Matrices {
  private Matrices() {}

  /** Points at the elements of a matrix; a null matrix leaves {@code rows} as they are. */
  public static void show(Matrix matrix, Rows rows) {
    if (matrix != null) {
      var layout = Access.ROOT.layout(matrix);
      rows.set(
          matrix.floats(), matrix.doubles(), layout.offset, layout.rowStride, layout.columnStride);
      rows.images(layout.imageRows, layout.imageStride);
    }
  }

  /** Refuses a matrix of another shape or type than {@code other}, which is called {@code like}. */
  public static void requireLike(String name, Matrix matrix, String like, Matrix other) {
    if (matrix.rows() != other.rows() || matrix.columns() != other.columns()) {
      throw new IllegalArgumentException(
          name + " = " + matrix + ", expected the shape of " + like + " = " + other);
    }
    requireTypeOf(name, matrix, like, other);
  }

  /** Refuses a matrix of another type than {@code other}, which is called {@code like}. */
  public static void requireTypeOf(String name, Matrix matrix, String like, Matrix other) {
    if ((matrix.floats() == null) != (other.floats() == null)) {
      throw new IllegalArgumentException(
          name + " = " + matrix + ", expected the element type of " + like + " = " + other);
    }
  }
}
