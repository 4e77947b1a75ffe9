package io.github.surprisal.internal.guard;

import io.github.surprisal.internal.reduction.DoubleDouble;

/** What an array of either type holds. */
public final class Census {
  final double[] lanes = new double[16];
  final int[] bitsF32 = new int[64];
  final long[] bitsF64 = new long[64];

  /** How many are smaller than every normal number, and how many of these are 0. */
  final int[] small = new int[2];

  final float[] foundF32 = new float[3];
  final double[] foundF64 = new double[3];
  final DoubleDouble magnitudes = new DoubleDouble();
  final NonFiniteElements nonFinite = new NonFiniteElements();

  /** How many elements there are. */
  public int size;

  /** How many are NaN. */
  public int nan;

  /** How many are +infinity. */
  public int positiveInfinities;

  /** How many are -infinity. */
  public int negativeInfinities;

  /** How many are between 0 and the smallest normal number. */
  public int subnormals;

  /** How many are zeros of either sign. */
  public int zeros;

  /** Smallest finite element; infinity if there is none. */
  public double min;

  /** Largest finite element; -infinity if there is none. */
  public double max;

  /** Mean magnitude of the finite elements; 0 if there is none. */
  public double meanMagnitude;

  void reset(int size) {
    this.size = size;
    nan = 0;
    positiveInfinities = 0;
    negativeInfinities = 0;
    subnormals = 0;
    zeros = 0;
    small[0] = 0;
    small[1] = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    meanMagnitude = 0;
    magnitudes.reset();
    nonFinite.reset();
  }

  /** Takes in one element that is not finite. */
  void addNonFinite(int index, double value) {
    nonFinite.add(0, index, value);
    if (value > 0) {
      positiveInfinities++;
    } else if (value < 0) {
      negativeInfinities++;
    } else {
      nan++;
    }
  }

  /** Takes in extremes of finite elements. */
  void addExtremes(double least, double most) {
    min = Math.min(min, least);
    max = Math.max(max, most);
  }

  /** How many elements are finite. */
  public int finite() {
    return size - nan - positiveInfinities - negativeInfinities;
  }

  /** What is not finite. */
  public NonFiniteElements nonFinite() {
    return nonFinite;
  }
}
