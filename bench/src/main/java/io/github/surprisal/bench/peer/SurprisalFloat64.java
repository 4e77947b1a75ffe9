package io.github.surprisal.bench.peer;

import io.github.surprisal.Matrix;

/** This library in float64: more accurate, and half as many numbers in a vector. */
public final class SurprisalFloat64 extends Kernel {

  /** Made by the service loader. */
  public SurprisalFloat64() {}

  @Override
  public String name() {
    return "surprisal-float64";
  }

  @Override
  public String description() {
    return "this library, float64";
  }

  @Override
  Matrix matrix(float[] values, int rows, int columns) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return Matrix.of(doubles, rows, columns);
  }

  @Override
  void read(Matrix matrix, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) matrix.doubles()[i];
    }
  }
}
