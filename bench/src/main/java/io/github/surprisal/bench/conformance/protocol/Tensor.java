package io.github.surprisal.bench.conformance.protocol;

import java.util.Arrays;

/**
 * Numbers in row-major order; shape [] is one number.
 *
 * @param shape the length of each axis
 * @param data as many values as the product of the shape
 */
public record Tensor(int[] shape, double[] data) {
  /** One number. */
  public static Tensor scalar(double value) {
    return new Tensor(new int[0], new double[] {value});
  }

  /** One axis; null for null. */
  static Tensor vector(double[] data) {
    return data == null ? null : new Tensor(new int[] {data.length}, data);
  }

  /** Throws unless the shape is the one expected. */
  public void requireShape(String name, int[] expected, String of) throws CaseException {
    if (!Arrays.equals(shape, expected)) {
      throw CaseException.of(
          name + ".shape", Arrays.toString(shape), Arrays.toString(expected) + ", " + of);
    }
  }

  /** A tensor with each value rounded to a type. */
  public Tensor rounded(Dtype dtype) {
    double[] rounded = new double[data.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = dtype.round(data[i]);
    }
    return new Tensor(shape, rounded);
  }

  /** The values of an integer input. */
  public int[] integers() {
    int[] integers = new int[data.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) data[i];
    }
    return integers;
  }
}
