package io.github.surprisal.internal.reduction;

/** Where the rows of one matrix of a call lie; absent if both arrays are null. */
public final class Rows {
  /** The array, if of floats. */
  public float[] arrayF32;

  /** The array, if of doubles. */
  public double[] arrayF64;

  private int offset;
  private int stride;
  private int columnStride = 1;
  private int imageRows;
  private int imageStride;

  /** Points at rows of {@code floats} or {@code doubles}, one of which is null; both: absent. */
  public void set(float[] floats, double[] doubles, int offset, int stride) {
    set(floats, doubles, offset, stride, 1);
  }

  /** Points at such rows, the elements of which are {@code columnStride} apart. */
  public void set(float[] floats, double[] doubles, int offset, int stride, int columnStride) {
    this.arrayF32 = floats;
    this.arrayF64 = doubles;
    move(offset, stride);
    this.columnStride = columnStride;
  }

  /** The rows are those of one image after the other; 0 if they are evenly spaced. */
  public void images(int rows, int stride) {
    imageRows = rows;
    imageStride = stride;
  }

  /** Points at the rows of another. */
  void set(Rows other) {
    set(other.arrayF32, other.arrayF64, other.offset, other.stride, other.columnStride);
    images(other.imageRows, other.imageStride);
  }

  /** Points at rows elsewhere, in an array that was put in the place of this one's. */
  void move(int offset, int stride) {
    this.offset = offset;
    this.stride = stride;
    columnStride = 1;
    imageRows = 0;
  }

  /** Points at nothing. */
  public void clear() {
    set(null, null, 0, 0);
  }

  /** Whether there is such a matrix. */
  public boolean present() {
    return arrayF32 != null || arrayF64 != null;
  }

  /** Whether there is such a matrix and it begins where {@code other} does. */
  public boolean same(Rows other) {
    return present()
        && arrayF32 == other.arrayF32
        && arrayF64 == other.arrayF64
        && offset == other.offset;
  }

  /** Distance from a row to the next. */
  public int stride() {
    return stride;
  }

  /** Distance from an element of a row to the next. */
  public int columnStride() {
    return columnStride;
  }

  /** Whether the elements of each row lie next to each other, and rows are evenly spaced. */
  public boolean byRows() {
    return columnStride == 1 && imageRows == 0;
  }

  /** Whether all elements lie next to each other, in rows of {@code columns}. */
  public boolean dense(int columns) {
    return byRows() && stride == columns;
  }

  /** How many of the rows from {@code row} on are evenly spaced, of {@code rows} in all. */
  int evenRows(int row, int rows) {
    return imageRows == 0 ? rows - row : imageRows - row % imageRows;
  }

  /** Index of the first element of {@code row}. */
  public int at(int row) {
    return imageRows == 0
        ? offset + row * stride
        : offset + row / imageRows * imageStride + row % imageRows * stride;
  }

  private int at(int row, int column) {
    return at(row) + column * columnStride;
  }

  /** Sets the first {@code columns} elements of {@code row} to {@code value}. */
  public void fill(int row, int columns, double value) {
    int from = at(row);
    if (columnStride != 1) {
      for (int j = 0; j < columns; j++) {
        put(row, j, value);
      }
    } else if (arrayF32 != null) {
      java.util.Arrays.fill(arrayF32, from, from + columns, (float) value);
    } else {
      java.util.Arrays.fill(arrayF64, from, from + columns, value);
    }
  }

  /** Multiplies the first {@code columns} elements of {@code row} by 2^n; none if absent. */
  void scale(int row, int columns, int n) {
    for (int j = 0; present() && j < columns; j++) {
      put(row, j, Math.scalb(get(row, j), n));
    }
  }

  /** Divides the first {@code columns} elements of {@code row} by 0; none if absent. */
  void divideByZero(int row, int columns) {
    for (int j = 0; present() && j < columns; j++) {
      put(row, j, get(row, j) / 0.0);
    }
  }

  /** An element. */
  public double get(int row, int column) {
    return arrayF32 != null ? arrayF32[at(row, column)] : arrayF64[at(row, column)];
  }

  /** Rounds {@code value} to the type and stores it. */
  public void put(int row, int column, double value) {
    if (arrayF32 != null) {
      arrayF32[at(row, column)] = (float) value;
    } else {
      arrayF64[at(row, column)] = value;
    }
  }
}
