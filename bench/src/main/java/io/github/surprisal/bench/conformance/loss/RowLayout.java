package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Tensor;

/**
 * Scores of shape [C], [N, C] or [N, C, d1..dk] as rows of classes: row (n, d), class c is element
 * (n, c, d).
 *
 * @param shape the shape of the scores
 * @param outer N, or 1
 * @param classes C
 * @param inner product of d1..dk
 */
record RowLayout(int[] shape, int outer, int classes, int inner) {
  static RowLayout of(String name, Tensor scores) throws CaseException {
    int[] shape = scores.shape();
    if (shape.length == 0) {
      throw CaseException.of(name + ".shape", "[]", "[C], [N, C] or [N, C, d1, ...]");
    }
    int axis = Math.min(1, shape.length - 1);
    if (shape[axis] == 0) {
      throw CaseException.of(name + ".shape[" + axis + ']', 0, "at least one class");
    }
    int inner = 1;
    for (int i = 2; i < shape.length; i++) {
      // Beside an axis of length 0 the others may be of any length; there are no rows then.
      inner = scores.data().length == 0 ? 0 : inner * shape[i];
    }
    int outer = scores.data().length == 0 ? 0 : axis == 0 ? 1 : shape[0];
    return new RowLayout(shape, outer, shape[axis], inner);
  }

  int rows() {
    return outer * inner;
  }

  /** The shape of labels, weights and losses. */
  int[] rowShape() {
    if (shape.length == 1) {
      return new int[0];
    }
    int[] rowShape = new int[shape.length - 1];
    rowShape[0] = shape[0];
    System.arraycopy(shape, 2, rowShape, 1, shape.length - 2);
    return rowShape;
  }

  /** Row after row. */
  double[] toRows(double[] data) {
    return inner == 1 ? data : transposed(data, classes, inner);
  }

  /** The order of the scores again. */
  double[] fromRows(double[] rows) {
    return inner == 1 ? rows : transposed(rows, inner, classes);
  }

  /** Each of the outer blocks, [from, to], as [to, from]. */
  private double[] transposed(double[] data, int from, int to) {
    double[] result = new double[data.length];
    int i = 0;
    for (int block = 0; block < data.length; block += from * to) {
      for (int b = 0; b < to; b++) {
        for (int a = 0; a < from; a++) {
          result[i++] = data[block + a * to + b];
        }
      }
    }
    return result;
  }
}
