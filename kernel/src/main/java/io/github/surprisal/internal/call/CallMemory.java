package io.github.surprisal.internal.call;

import io.github.surprisal.Matrix;
import java.util.Arrays;

/**
 * The arrays that a call reads and writes. No output may share an element with anything else of the
 * call, but for the input that it may replace, in the very same places. Used again by the next
 * call, without garbage.
 */
public final class CallMemory {
  private static final int MOST = 24;

  private final String[] names = new String[MOST];
  private final Object[] arrays = new Object[MOST];

  /** The view that is used of an array; null for the whole of it. */
  private final Matrix[] views = new Matrix[MOST];

  /** The output that may replace an input, or null. */
  private final String[] replacedBy = new String[MOST];

  private final boolean[] written = new boolean[MOST];
  private int size;

  /** An array that is read, or null. */
  public void reads(String name, Object array) {
    add(name, array, null, null, false);
  }

  /** A matrix that is read, or null. */
  public void reads(String name, Matrix matrix) {
    add(name, matrix, null, false);
  }

  /** An array that is read, or null, and that an output may replace. */
  public void readsInPlace(String name, Object array, String output) {
    add(name, array, null, output, false);
  }

  /** A matrix that is read, or null, and that an output may replace. */
  public void readsInPlace(String name, Matrix matrix, String output) {
    add(name, matrix, output, false);
  }

  /** An array that is written, or null. */
  public void writes(String name, Object array) {
    add(name, array, null, null, true);
  }

  /** A matrix that is written, or null. */
  public void writes(String name, Matrix matrix) {
    add(name, matrix, null, true);
  }

  private void add(String name, Matrix matrix, String output, boolean writes) {
    if (matrix != null) {
      Object array = matrix.floats() != null ? matrix.floats() : matrix.doubles();
      add(name, array, matrix, output, writes);
    }
  }

  private void add(String name, Object array, Matrix view, String output, boolean writes) {
    if (array != null) {
      names[size] = name;
      arrays[size] = array;
      views[size] = view;
      replacedBy[size] = output;
      written[size++] = writes;
    }
  }

  /**
   * Ends the list.
   *
   * @throws IllegalArgumentException if an output shares memory
   */
  public void check() {
    try {
      for (int out = 0; out < size; out++) {
        for (int i = 0; written[out] && i < size; i++) {
          boolean pair = i < out || !written[i];
          if (pair && arrays[i] == arrays[out] && shared(out, i)) {
            refuse(out, i);
          }
        }
      }
    } finally {
      Arrays.fill(arrays, 0, size, null);
      Arrays.fill(views, 0, size, null);
      size = 0;
    }
  }

  /** Whether an output shares an element with another, unless it replaces it. */
  private boolean shared(int out, int other) {
    Matrix a = views[out];
    Matrix b = views[other];
    boolean views = a != null && b != null;
    boolean replaces = names[out].equals(replacedBy[other]);
    if (replaces && (views ? layout(a).same(layout(b)) : a == b)) {
      return false;
    }
    return views ? layout(a).meets(layout(b)) : !isEmpty(out) && !isEmpty(other);
  }

  private static Layout layout(Matrix matrix) {
    return Access.ROOT.layout(matrix);
  }

  private boolean isEmpty(int i) {
    return views[i] != null
        ? views[i].rows() == 0 || views[i].columns() == 0
        : java.lang.reflect.Array.getLength(arrays[i]) == 0;
  }

  private void refuse(int out, int other) {
    boolean replaces = names[out].equals(replacedBy[other]);
    throw new IllegalArgumentException(
        "%s overlaps %s, expected %s"
            .formatted(named(out), named(other), replaces ? "the same or none" : "memory apart"));
  }

  private String named(int i) {
    return views[i] == null ? names[i] : names[i] + " = " + views[i];
  }
}
