package io.github.surprisal.bench.peer;

import io.github.surprisal.Matrix;

/** This library in float32. */
public final class Surprisal extends Kernel {

  /** Made by the service loader. */
  public Surprisal() {}

  @Override
  public String name() {
    return "surprisal";
  }

  @Override
  public String description() {
    return "this library, float32";
  }

  @Override
  Matrix matrix(float[] values, int rows, int columns) {
    return Matrix.of(values, rows, columns);
  }

  @Override
  void read(Matrix matrix, float[] into) {
    System.arraycopy(matrix.floats(), 0, into, 0, into.length);
  }
}
