package io.github.surprisal.guard;

import io.github.surprisal.internal.guard.Census;
import io.github.surprisal.internal.guard.CensusF32;
import io.github.surprisal.internal.guard.CensusF64;
import io.github.surprisal.internal.lane.Provider;
import java.util.Objects;

/**
 * What an array holds: how much is NaN, infinite, subnormal or zero, and between which numbers the
 * rest lies.
 *
 * <pre>
 *   var scan = new ArrayScan();                       // keep one per thread
 *   if (scan.of(gradient).nonFinite() > 0) {
 *     log.warning("layer 3: " + scan);                // says what, how many and where first
 *   }
 * </pre>
 *
 * <p>One object serves any number of calls, each of which overwrites it; it keeps no reference to
 * the array, and a call leaves no garbage. The array is read once; blocks of 2048 elements that
 * hold a zero or something subnormal are read again, from the cache. The same bits with any vector
 * width and without vectors.
 *
 * <ul>
 *   <li>Extremes and the mean magnitude are those of the finite elements; a zero among the extremes
 *       is +0.
 *   <li>Without finite elements the extremes are NaN and the mean magnitude is 0.
 *   <li>A subnormal number is one between 0 and the smallest normal number of its type: for
 *       float32, 2^-126.
 *   <li>The mean magnitude overflows for no array; it is within 2^-44 of the exact one, relative to
 *       it.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class ArrayScan {
  private final Census census = new Census();

  /** As of an empty array. */
  public ArrayScan() {
    of(new float[0]);
  }

  /**
   * Scans an array.
   *
   * @return this
   */
  public ArrayScan of(float[] array) {
    return of(array, 0, Objects.requireNonNull(array, "array").length);
  }

  /**
   * Scans elements {@code from} to {@code to}, that one left out.
   *
   * @return this
   * @throws IllegalArgumentException unless {@code 0 <= from <= to <= array.length}
   */
  public ArrayScan of(float[] array, int from, int to) {
    requireRange(from, to, Objects.requireNonNull(array, "array").length);
    CensusF32.of(array, from, to, Provider.SIMD, census);
    return this;
  }

  /**
   * Scans an array.
   *
   * @return this
   */
  public ArrayScan of(double[] array) {
    return of(array, 0, Objects.requireNonNull(array, "array").length);
  }

  /**
   * Scans elements {@code from} to {@code to}, that one left out.
   *
   * @return this
   * @throws IllegalArgumentException unless {@code 0 <= from <= to <= array.length}
   */
  public ArrayScan of(double[] array, int from, int to) {
    requireRange(from, to, Objects.requireNonNull(array, "array").length);
    CensusF64.of(array, from, to, Provider.SIMD, census);
    return this;
  }

  private static void requireRange(int from, int to, int length) {
    // Rules are put together only where one is broken: they are garbage.
    if (from < 0 || from > length) {
      throw Checks.broken("from", from, "0 <= %s <= " + length);
    }
    if (to < from || to > length) {
      throw Checks.broken("to", to, from + " <= %s <= " + length);
    }
  }

  /** How many elements there are. */
  public int size() {
    return census.size;
  }

  /** How many are finite. */
  public int finite() {
    return census.finite();
  }

  /** How many are NaN or infinite. */
  public int nonFinite() {
    return census.size - census.finite();
  }

  /** How many are NaN. */
  public int nan() {
    return census.nan;
  }

  /** How many are +infinity. */
  public int positiveInfinities() {
    return census.positiveInfinities;
  }

  /** How many are -infinity. */
  public int negativeInfinities() {
    return census.negativeInfinities;
  }

  /** How many are smaller than every normal number, but not zero. */
  public int subnormals() {
    return census.subnormals;
  }

  /** How many are zeros, of either sign. */
  public int zeros() {
    return census.zeros;
  }

  /** The smallest finite element. */
  public double min() {
    return census.finite() == 0 ? Double.NaN : census.min;
  }

  /** The largest finite element. */
  public double max() {
    return census.finite() == 0 ? Double.NaN : census.max;
  }

  /** Sum of |x_i| over the number of finite x_i. */
  public double meanMagnitude() {
    return census.meanMagnitude;
  }

  /** Index in the array of the first NaN or infinity; -1 if there is none. */
  public int firstNonFinite() {
    return census.nonFinite().index();
  }

  /** The first NaN or infinity; 0 if there is none. */
  public double firstNonFiniteValue() {
    return census.nonFinite().value();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(size()).append(" elements");
    if (finite() > 0) {
      text.append(" from %s to %s, mean magnitude %s".formatted(min(), max(), meanMagnitude()));
    }
    append(text, zeros(), "zero");
    append(text, subnormals(), "subnormal");
    append(text, nan(), "NaN");
    append(text, positiveInfinities(), "+infinity");
    append(text, negativeInfinities(), "-infinity");
    if (nonFinite() > 0) {
      text.append("; first [%d] = %s".formatted(firstNonFinite(), firstNonFiniteValue()));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int count, String what) {
    if (count > 0) {
      text.append("; ").append(count).append(' ').append(what);
    }
  }
}
