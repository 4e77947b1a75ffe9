package io.github.surprisal.internal.call;

/**
 * Where the elements of a matrix lie in an array: element (row, column) at {@code offset + image *
 * imageStride + rowInImage * rowStride + column * columnStride}, with images of {@code imageRows}
 * rows each, or one of all rows. No two elements lie in one place.
 */
public final class Layout {
  public final int offset;
  public final int rows;
  public final int columns;
  public final int rowStride;
  public final int columnStride;

  /** Rows of an image; 0 if the rows are evenly spaced. */
  public final int imageRows;

  public final int imageStride;

  private final Lattice lattice;

  private Layout(
      int offset,
      int rows,
      int columns,
      int rowStride,
      int columnStride,
      int imageRows,
      int imageStride) {
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    // Of one column, it says nothing.
    this.columnStride = columns > 1 ? columnStride : 1;
    boolean even = imageRows <= 1 || imageRows == rows || imageStride == (long) imageRows;
    this.imageRows = even ? 0 : imageRows;
    this.imageStride = even ? 0 : imageStride;
    lattice =
        new Lattice(
            Lattice.loop(even ? 1 : rows / imageRows, imageStride),
            Lattice.loop(even ? rows : imageRows, rowStride),
            Lattice.loop(columns, columnStride));
  }

  /**
   * Rows that are evenly spaced, within an array of a length.
   *
   * @throws IllegalArgumentException if a number is out of range, two elements would lie in one
   *     place or one beyond the array
   */
  public static Layout of(
      int length, int offset, int rows, int columns, int rowStride, int columnStride) {
    atLeast("offset", offset, 0);
    atLeast("rows", rows, 0);
    atLeast("columns", columns, 0);
    atLeast("rowStride", rowStride, columns > 0 && rows > 1 ? 1 : 0);
    atLeast("columnStride", columnStride, rows > 0 && columns > 1 ? 1 : 0);
    var layout = new Layout(offset, rows, columns, rowStride, columnStride, 0, 0);
    layout.check(length);
    return layout;
  }

  /** Column after column. */
  public static Layout ofColumns(int length, int rows, int columns) {
    return rows > 1
        ? of(length, 0, rows, columns, 1, rows)
        : of(length, 0, rows, columns, columns, 1);
  }

  /** Class after class of one image after the other. */
  public static Layout ofImages(int length, int images, int classes, int pixels) {
    long stride = (long) classes * pixels;
    if (images > 0 && stride > length) {
      throw new IllegalArgumentException(
          "values.length = %d, expected at least %d for %d classes of %d pixels"
              .formatted(length, stride, classes, pixels));
    }
    return ofImages(
        length, 0, images, classes, pixels, (int) Math.min(stride, Integer.MAX_VALUE), pixels);
  }

  /** One image after the other, whose rows are 1 apart; see {@link #of}. */
  public static Layout ofImages(
      int length,
      int offset,
      int images,
      int classes,
      int pixels,
      int imageStride,
      int classStride) {
    atLeast("offset", offset, 0);
    atLeast("images", images, 0);
    atLeast("classes", classes, 0);
    atLeast("pixels", pixels, 0);
    boolean any = images > 0 && classes > 0 && pixels > 0;
    atLeast("imageStride", imageStride, any && images > 1 ? 1 : 0);
    atLeast("classStride", classStride, any && classes > 1 ? 1 : 0);
    long rows = (long) images * pixels;
    if (rows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "images * pixels = %d, expected at most %d".formatted(rows, Integer.MAX_VALUE));
    }
    int rowStride = pixels > 1 ? 1 : imageStride;
    var layout =
        new Layout(offset, (int) rows, classes, rowStride, classStride, pixels, imageStride);
    layout.check(length);
    return layout;
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " = " + value + ", expected at least " + least);
    }
  }

  private void check(int length) {
    long end = end();
    if (end > length) {
      throw new IllegalArgumentException(
          "values.length = %d, expected at least %d for %s".formatted(length, end, this));
    }
    int stride = isEmpty() ? 0 : lattice.strideWithinReach();
    if (stride > 0) {
      throw new IllegalArgumentException(
          "%s = %d, expected at least %d, so that no two elements lie in one place"
              .formatted(nameOf(stride), stride, lattice.leastStride(stride)));
    }
  }

  private String nameOf(int stride) {
    if (columns > 1 && stride == columnStride) {
      return imageRows > 0 ? "classStride" : "columnStride";
    }
    return imageRows > 0 && stride == imageStride ? "imageStride" : "rowStride";
  }

  /** Index after the last element, which may be beyond every array. */
  private long end() {
    if (isEmpty()) {
      return offset;
    }
    int inImage = imageRows == 0 ? rows : imageRows;
    return offset
        + (rows / inImage - 1L) * imageStride
        + (inImage - 1L) * rowStride
        + (columns - 1L) * columnStride
        + 1;
  }

  /** Index of the first element of {@code row}. */
  public int at(int row) {
    return imageRows == 0
        ? offset + row * rowStride
        : offset + row / imageRows * imageStride + row % imageRows * rowStride;
  }

  private boolean isEmpty() {
    return rows == 0 || columns == 0;
  }

  /** Whether each element lies where that of {@code other} does. */
  public boolean same(Layout other) {
    return offset == other.offset
        && rows == other.rows
        && columns == other.columns
        && (rowStride == other.rowStride || rows <= 1)
        && columnStride == other.columnStride
        && imageRows == other.imageRows
        && imageStride == other.imageStride;
  }

  /** Whether any element lies where one of {@code other} does, exactly. */
  public boolean meets(Layout other) {
    return !isEmpty() && !other.isEmpty() && lattice.meets(offset, other.lattice, other.offset);
  }

  @Override
  public String toString() {
    String order = columnStride == 1 ? "" : ", column stride " + columnStride;
    String images = imageRows == 0 ? "" : ", %d rows an image, image stride %d";
    return "%d x %d, offset %d, row stride %d".formatted(rows, columns, offset, rowStride)
        + order
        + images.formatted(imageRows, imageStride);
  }
}
