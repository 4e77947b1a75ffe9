package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Matrix;
import io.github.surprisal.bench.conformance.protocol.Dtype;

/** Doubles as the kernel takes them, and back. */
final class Matrices {
  private Matrices() {}

  /** A matrix of the type that the kernel computes in; a copy, if that is float. */
  static Matrix of(double[] values, int rows, int columns, Dtype dtype) {
    if (dtype == Dtype.FLOAT64) {
      return Matrix.of(values, rows, columns);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Matrix.of(floats, rows, columns);
  }

  /** The values of a matrix that fills its array. */
  static double[] doubles(Matrix matrix) {
    if (matrix.doubles() != null) {
      return matrix.doubles();
    }
    double[] doubles = new double[matrix.floats().length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = matrix.floats()[i];
    }
    return doubles;
  }
}
