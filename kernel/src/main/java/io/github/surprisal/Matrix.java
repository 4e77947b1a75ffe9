package io.github.surprisal;

import io.github.surprisal.internal.call.Layout;
import java.util.Objects;

/**
 * A view of rows in a Java array: element (row, column) is {@code values[offset + row * rowStride +
 * column * columnStride]}; of {@linkplain #channelsFirst images}, rows are pixels. The array is not
 * copied; the view is immutable and may be kept and used again. No two elements lie in one place.
 *
 * <p>Arrays of {@code float} and of {@code double}; matrices of one call have the same type. Every
 * matrix of a call may have an order of its own; results have the same bits in all of them. Rows
 * whose elements lie next to each other are read where they are; others are copied in blocks.
 */
public final class Matrix {
  private final float[] floats;
  private final double[] doubles;
  private final Layout layout;

  private Matrix(float[] floats, double[] doubles, Layout layout) {
    this.floats = floats;
    this.doubles = doubles;
    this.layout = layout;
  }

  /** Row after row from the start of {@code values}. */
  public static Matrix of(float[] values, int rows, int columns) {
    Objects.requireNonNull(values, "values");
    return new Matrix(values, null, Layout.of(values.length, 0, rows, columns, columns, 1));
  }

  /** Row after row from the start of {@code values}. */
  public static Matrix of(double[] values, int rows, int columns) {
    Objects.requireNonNull(values, "values");
    return new Matrix(null, values, Layout.of(values.length, 0, rows, columns, columns, 1));
  }

  /**
   * Rows that begin {@code rowStride} elements apart, the first at {@code offset}.
   *
   * @throws IllegalArgumentException if a number is negative, rows overlap, or the array ends
   *     before the last row does
   */
  public static Matrix of(float[] values, int offset, int rows, int columns, int rowStride) {
    Objects.requireNonNull(values, "values");
    return new Matrix(values, null, Layout.of(values.length, offset, rows, columns, rowStride, 1));
  }

  /**
   * Rows that begin {@code rowStride} elements apart, the first at {@code offset}.
   *
   * @throws IllegalArgumentException if a number is negative, rows overlap, or the array ends
   *     before the last row does
   */
  public static Matrix of(double[] values, int offset, int rows, int columns, int rowStride) {
    Objects.requireNonNull(values, "values");
    return new Matrix(null, values, Layout.of(values.length, offset, rows, columns, rowStride, 1));
  }

  /**
   * Rows {@code rowStride} and columns {@code columnStride} elements apart, the first element at
   * {@code offset}.
   *
   * @throws IllegalArgumentException if a number is negative, an element lies outside the array, or
   *     the greater of the strides is within the reach of the other, so that elements could share a
   *     place
   */
  public static Matrix of(
      float[] values, int offset, int rows, int columns, int rowStride, int columnStride) {
    Objects.requireNonNull(values, "values");
    return new Matrix(
        values, null, Layout.of(values.length, offset, rows, columns, rowStride, columnStride));
  }

  /**
   * Rows {@code rowStride} and columns {@code columnStride} elements apart, the first element at
   * {@code offset}.
   *
   * @throws IllegalArgumentException if a number is negative, an element lies outside the array, or
   *     the greater of the strides is within the reach of the other, so that elements could share a
   *     place
   */
  public static Matrix of(
      double[] values, int offset, int rows, int columns, int rowStride, int columnStride) {
    Objects.requireNonNull(values, "values");
    return new Matrix(
        null, values, Layout.of(values.length, offset, rows, columns, rowStride, columnStride));
  }

  /**
   * Column after column, as LightGBM has scores: element (row, column) is {@code values[column *
   * rows + row]}.
   */
  public static Matrix columnMajor(float[] values, int rows, int columns) {
    Objects.requireNonNull(values, "values");
    return new Matrix(values, null, Layout.ofColumns(values.length, rows, columns));
  }

  /**
   * Column after column, as LightGBM has scores: element (row, column) is {@code values[column *
   * rows + row]}.
   */
  public static Matrix columnMajor(double[] values, int rows, int columns) {
    Objects.requireNonNull(values, "values");
    return new Matrix(null, values, Layout.ofColumns(values.length, rows, columns));
  }

  /**
   * Images [images, classes, pixels], the class axis being the second, as PyTorch has [N, C, H, W]
   * with H times W pixels: one row a pixel, image after image, and one column a class. Labels,
   * weights and losses of such rows are those of [N, H, W].
   *
   * @throws IllegalArgumentException if a number is negative or the array too short
   */
  public static Matrix channelsFirst(float[] values, int images, int classes, int pixels) {
    Objects.requireNonNull(values, "values");
    return new Matrix(values, null, Layout.ofImages(values.length, images, classes, pixels));
  }

  /**
   * Images [images, classes, pixels], the class axis being the second, as PyTorch has [N, C, H, W]
   * with H times W pixels: one row a pixel, image after image, and one column a class. Labels,
   * weights and losses of such rows are those of [N, H, W].
   *
   * @throws IllegalArgumentException if a number is negative or the array too short
   */
  public static Matrix channelsFirst(double[] values, int images, int classes, int pixels) {
    Objects.requireNonNull(values, "values");
    return new Matrix(null, values, Layout.ofImages(values.length, images, classes, pixels));
  }

  /**
   * Images [images, classes, pixels] that begin {@code imageStride} elements apart, the first at
   * {@code offset}, and whose classes do {@code classStride} apart: row {@code image * pixels +
   * pixel} and column c are {@code values[offset + image * imageStride + c * classStride + pixel]}.
   *
   * @throws IllegalArgumentException if a number is negative, an element lies outside the array, or
   *     two elements could share a place
   */
  public static Matrix channelsFirst(
      float[] values,
      int offset,
      int images,
      int classes,
      int pixels,
      int imageStride,
      int classStride) {
    Objects.requireNonNull(values, "values");
    return new Matrix(
        values,
        null,
        Layout.ofImages(values.length, offset, images, classes, pixels, imageStride, classStride));
  }

  /**
   * Images [images, classes, pixels] that begin {@code imageStride} elements apart, the first at
   * {@code offset}, and whose classes do {@code classStride} apart: row {@code image * pixels +
   * pixel} and column c are {@code values[offset + image * imageStride + c * classStride + pixel]}.
   *
   * @throws IllegalArgumentException if a number is negative, an element lies outside the array, or
   *     two elements could share a place
   */
  public static Matrix channelsFirst(
      double[] values,
      int offset,
      int images,
      int classes,
      int pixels,
      int imageStride,
      int classStride) {
    Objects.requireNonNull(values, "values");
    return new Matrix(
        null,
        values,
        Layout.ofImages(values.length, offset, images, classes, pixels, imageStride, classStride));
  }

  /** Number of rows. */
  public int rows() {
    return layout.rows;
  }

  /** Number of columns. */
  public int columns() {
    return layout.columns;
  }

  /** Index of the first element. */
  public int offset() {
    return layout.offset;
  }

  /** Distance from the start of a row to that of the next, within an image. */
  public int rowStride() {
    return layout.rowStride;
  }

  /** Distance from an element of a row to the next; 1 if a row has no more than one. */
  public int columnStride() {
    return layout.columnStride;
  }

  /** The array, or null if this is a matrix of doubles. */
  public float[] floats() {
    return floats;
  }

  /** The array, or null if this is a matrix of floats. */
  public double[] doubles() {
    return doubles;
  }

  Layout layout() {
    return layout;
  }

  @Override
  public String toString() {
    return "Matrix[%s, %s]".formatted(floats != null ? "float" : "double", layout);
  }
}
