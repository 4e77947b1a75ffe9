package io.github.surprisal;

/**
 * A view of rows in a Java array: element (row, column) is {@code values[offset + row * rowStride +
 * column * columnStride]}. The array is not copied; the view is immutable and may be kept and used
 * again.
 *
 * <p>Arrays of {@code float} and of {@code double}; matrices of one call have the same type.
 */
public final class Matrix {
  private final float[] floats;
  private final double[] doubles;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;

  private Matrix(
      float[] floats,
      double[] doubles,
      int offset,
      int rows,
      int columns,
      int rowStride,
      int columnStride) {
    this.floats = floats;
    this.doubles = doubles;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
    int length = floats != null ? floats.length : doubles.length;
    atLeast("rows", rows, 0);
    atLeast("columns", columns, 0);
    atLeast("offset", offset, 0);
    atLeast("rowStride", rowStride, columnStride == 1 ? columns : 1);
    if (end() > length) {
      throw new IllegalArgumentException(
          "values.length = %d, expected at least %d for %d rows of %d columns, offset %d, row stride %d"
              .formatted(length, end(), rows, columns, offset, rowStride));
    }
  }

  /** Row after row from the start of {@code values}. */
  public static Matrix of(float[] values, int rows, int columns) {
    return new Matrix(values, null, 0, rows, columns, columns, 1);
  }

  /** Row after row from the start of {@code values}. */
  public static Matrix of(double[] values, int rows, int columns) {
    return new Matrix(null, values, 0, rows, columns, columns, 1);
  }

  /**
   * Rows that begin {@code rowStride} elements apart, the first at {@code offset}.
   *
   * @throws IllegalArgumentException if a number is negative, the stride is below {@code columns},
   *     or the array ends before the last row does
   */
  public static Matrix of(float[] values, int offset, int rows, int columns, int rowStride) {
    return new Matrix(values, null, offset, rows, columns, rowStride, 1);
  }

  /**
   * Rows that begin {@code rowStride} elements apart, the first at {@code offset}.
   *
   * @throws IllegalArgumentException if a number is negative, the stride is below {@code columns},
   *     or the array ends before the last row does
   */
  public static Matrix of(double[] values, int offset, int rows, int columns, int rowStride) {
    return new Matrix(null, values, offset, rows, columns, rowStride, 1);
  }

  /**
   * Column after column, as LightGBM has scores: element (row, column) is {@code values[column *
   * rows + row]}. For logits, probabilities, gradients and second derivatives of a {@link RowLoss},
   * of at most 2048 columns, which gives them the bits that it gives to rows.
   */
  public static Matrix columnMajor(float[] values, int rows, int columns) {
    return rows > 1
        ? new Matrix(values, null, 0, rows, columns, 1, rows)
        : of(values, rows, columns);
  }

  /**
   * Column after column, as LightGBM has scores: element (row, column) is {@code values[column *
   * rows + row]}. For logits, probabilities, gradients and second derivatives of a {@link RowLoss},
   * of at most 2048 columns, which gives them the bits that it gives to rows.
   */
  public static Matrix columnMajor(double[] values, int rows, int columns) {
    return rows > 1
        ? new Matrix(null, values, 0, rows, columns, 1, rows)
        : of(values, rows, columns);
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** Index of the first element. */
  public int offset() {
    return offset;
  }

  /** Distance from the start of a row to that of the next. */
  public int rowStride() {
    return rowStride;
  }

  /** Distance from an element of a row to the next: 1, but in column-major order. */
  public int columnStride() {
    return columnStride;
  }

  /** The array, or null if this is a matrix of doubles. */
  public float[] floats() {
    return floats;
  }

  /** The array, or null if this is a matrix of floats. */
  public double[] doubles() {
    return doubles;
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " = " + value + ", expected at least " + least);
    }
  }

  /** Index after the last element. */
  private long end() {
    return rows == 0 || columns == 0
        ? offset
        : offset + (rows - 1L) * rowStride + (columns - 1L) * columnStride + 1;
  }

  private Object array() {
    return floats != null ? floats : doubles;
  }

  /**
   * Refuses a matrix of another shape or type than {@code other}, which is called {@code like}, and
   * either in column-major order.
   */
  void requireLike(String name, String like, Matrix other) {
    requireShapeOf(name, like, other);
    requireRows(name);
    other.requireRows(like);
  }

  /** Refuses a matrix of another shape or type than {@code other}, in whatever order. */
  void requireShapeOf(String name, String like, Matrix other) {
    if (rows != other.rows || columns != other.columns) {
      throw new IllegalArgumentException(
          name + " = " + this + ", expected the shape of " + like + " = " + other);
    }
    requireTypeOf(name, like, other);
  }

  /** Refuses a matrix of another type than {@code other}, which is called {@code like}. */
  void requireTypeOf(String name, String like, Matrix other) {
    if ((floats == null) != (other.floats == null)) {
      throw new IllegalArgumentException(
          name + " = " + this + ", expected the element type of " + like + " = " + other);
    }
  }

  /** Refuses memory that is shared with {@code other}, which may be null. */
  void requireApart(String name, String from, Matrix other) {
    if (other != null && overlaps(other)) {
      throw new IllegalArgumentException(name + " = " + this + " overlaps " + from + " = " + other);
    }
  }

  /** Refuses memory that is shared with {@code other} in part, so that it can replace it. */
  void requireSameOrApart(String name, String from, Matrix other) {
    if (overlaps(other) && !same(other)) {
      throw new IllegalArgumentException(
          name
              + " = "
              + this
              + " overlaps "
              + from
              + " = "
              + other
              + ", expected the same or none");
    }
  }

  /** Whether the two views share memory. */
  private boolean overlaps(Matrix other) {
    return array() == other.array() && offset < other.end() && other.offset < end();
  }

  /** Whether the two views are of the very same elements. */
  private boolean same(Matrix other) {
    return array() == other.array()
        && offset == other.offset
        && rows == other.rows
        && columns == other.columns
        && (rowStride == other.rowStride || rows <= 1)
        && (columnStride == other.columnStride || columns <= 1);
  }

  /** Refuses column-major order. */
  void requireRows(String name) {
    if (columnStride != 1) {
      throw new IllegalArgumentException(name + " = " + this + ", expected row-major order");
    }
  }

  @Override
  public String toString() {
    String order = columnStride == 1 ? "" : ", column stride " + columnStride;
    return "Matrix[%s, %d x %d, offset %d, row stride %d%s]"
        .formatted(floats != null ? "float" : "double", rows, columns, offset, rowStride, order);
  }
}
