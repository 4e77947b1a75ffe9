package io.github.surprisal.guard;

import io.github.surprisal.internal.guard.NonFiniteElements;

/**
 * What a call that clips has seen and done. One object serves any number of calls, each of which
 * overwrites it, so that no call leaves garbage; it keeps no reference to the gradients.
 *
 * <p>Not thread-safe: one per thread.
 */
public final class ClipResult {
  final NormClipF32 f32 = new NormClipF32();
  final NormClipF64 f64 = new NormClipF64();
  final ValueClipF32 valuesF32 = new ValueClipF32();
  final ValueClipF64 valuesF64 = new ValueClipF64();
  final UnitClipF32 unitsF32 = new UnitClipF32();
  final UnitClipF64 unitsF64 = new UnitClipF64();
  double finiteNorm;
  double scale;
  long clipped;
  long skipped;
  long nonFinite;
  int array;
  int index;
  double value;

  /** Nothing yet: norm 0, scale 1. */
  public ClipResult() {
    reset();
  }

  void reset() {
    finiteNorm = 0;
    scale = 1;
    clipped = 0;
    skipped = 0;
    nonFinite = 0;
    array = -1;
    index = -1;
    value = 0;
  }

  /** Takes over what is not finite. */
  void see(NonFiniteElements found) {
    nonFinite = found.count();
    array = found.array();
    index = found.index();
    value = found.value();
  }

  /** Whether to go on with what was seen. */
  boolean goesOn(NonFinite policy) {
    if (nonFinite > 0 && policy == NonFinite.ERROR) {
      throw new ArithmeticException(
          "gradients[%d][%d] = %s, expected finite gradients; not finite: %d"
              .formatted(array, index, value, nonFinite));
    }
    skipped = nonFinite > 0 && policy == NonFinite.SKIP ? 1 : 0;
    return skipped == 0;
  }

  /**
   * The norm of all gradients before they were clipped. Where an element is not finite it is the
   * first such element's magnitude, NaN or infinity, so that no log takes such a step for a healthy
   * one. Clipping by value or by unit has no such norm: 0 if all elements are finite.
   */
  public double norm() {
    return nonFinite == 0 ? finiteNorm : Math.abs(value);
  }

  /** The norm of the finite elements before they were clipped. */
  public double finiteNorm() {
    return finiteNorm;
  }

  /** What the gradients were multiplied by; 1 where they were not, and for values and units. */
  public double scale() {
    return scale;
  }

  /** Whether any gradient was changed. */
  public boolean isClipped() {
    return clipped > 0;
  }

  /** How many were clipped: elements by value, units by unit; by norm 1 stands for all. */
  public long clipped() {
    return clipped;
  }

  /** Whether something was left as it is because an element is not finite. */
  public boolean isSkipped() {
    return skipped > 0;
  }

  /** How many units were left so; by norm or value 1 stands for all. */
  public long skipped() {
    return skipped;
  }

  /** How many elements of the gradients are NaN or infinite. */
  public long nonFinite() {
    return nonFinite;
  }

  /** Which array holds the first of these, in the order given; -1 if there is none. */
  public int firstArray() {
    return array;
  }

  /** Where it is in its array; -1 if there is none. */
  public int firstIndex() {
    return index;
  }

  /** NaN or the infinity that it is; 0 if there is none. */
  public double firstValue() {
    return value;
  }

  @Override
  public String toString() {
    String all = "norm=%s, scale=%s, clipped=%d".formatted(norm(), scale, clipped);
    String bad =
        ", nonFinite=%d, first gradients[%d][%d] = %s, skipped=%d, finiteNorm=%s"
            .formatted(nonFinite, array, index, value, skipped, finiteNorm);
    return "ClipResult[" + all + (nonFinite == 0 ? "" : bad) + "]";
  }
}
