package io.github.surprisal.internal.guard;

import io.github.surprisal.guard.Norm;
import io.github.surprisal.internal.reduction.DoubleDouble;
import io.github.surprisal.internal.reduction.Indices;
import io.github.surprisal.internal.reduction.TreeF32;

/**
 * The norm of the same range of many arrays, root 2^exponent, and what brings it down.
 *
 * <p>A plain pass adds up blocks of 2048, whose sums are added in double-double. Where that leaves
 * the range of double, meets what is not finite or cannot tell on which side of a limit the norm
 * lies, a careful pass does the same in double-double, over a power of two, without what is not
 * finite.
 */
public final class NormF32 {
  private static final int BLOCK = 2048;

  /** Squares whose sum is at least as large have lost less than 2^-80 of it. */
  private static final double LEAST_SQUARES = 0x1p-960;

  /** The error of the plain pass, relative to the norm: 133 u, or half of that for squares. */
  private static final double ERROR = 0x1p-45;

  private static final int FAR = 500;
  private static final int SHIFT = 600;

  private final boolean simd;
  private final double[] lanes = new double[TreeF32.LANES];
  private final DoubleDouble total = new DoubleDouble();
  private final DoubleDouble difference = new DoubleDouble();
  private final NonFiniteElements nonFinite = new NonFiniteElements();
  private Norm kind;
  private float[][] arrays;
  private int from;
  private int to;
  private double root;
  private int exponent;
  private boolean careful;

  /** With vectors or without, with the same bits. */
  public NormF32(boolean simd) {
    this.simd = simd;
  }

  /** The norm of whole arrays. */
  public void of(float[][] arrays, Norm kind) {
    of(arrays, 0, -1, kind);
  }

  /** The norm of a range of each array; they are kept until {@link #forget}. */
  public void of(float[][] arrays, int from, int to, Norm kind) {
    this.arrays = arrays;
    this.kind = kind;
    this.from = from;
    this.to = to;
    nonFinite.reset();
    exponent = 0;
    careful = false;
    if (kind == Norm.MAX) {
      root = maximum();
      careful = true;
      return;
    }
    total.reset();
    for (float[] x : arrays) {
      int end = end(x);
      for (int i = from, next; i < end; i = next) {
        next = Indices.next(i, BLOCK, end);
        total.add(block(x, i, next));
      }
    }
    double sum = total.value();
    root = root(sum);
    if (!(sum < Double.POSITIVE_INFINITY && (kind == Norm.ONE || sum >= LEAST_SQUARES))) {
      carefully();
    }
  }

  /** Lets go of the arrays. */
  public void forget() {
    arrays = null;
  }

  private int end(float[] x) {
    return to < 0 ? x.length : to;
  }

  private double root(double sum) {
    return kind == Norm.TWO ? Math.sqrt(sum) : sum;
  }

  private double block(float[] x, int i, int end) {
    if (kind == Norm.TWO) {
      return simd ? SquaresF32.sum(x, i, end, lanes) : SquaresF32Twin.sum(x, i, end, lanes);
    }
    return simd ? MagnitudesF32.sum(x, i, end, lanes) : MagnitudesF32Twin.sum(x, i, end, lanes);
  }

  /** The largest finite magnitude; notes what is not finite. */
  private double maximum() {
    nonFinite.reset();
    double max = 0;
    for (int a = 0; a < arrays.length; a++) {
      int end = end(arrays[a]);
      for (int i = from, next; i < end; i = next) {
        next = Indices.next(i, BLOCK, end);
        max = Math.max(max, maximum(a, i, next));
      }
    }
    return max;
  }

  private double maximum(int a, int i, int end) {
    float[] x = arrays[a];
    double max = simd ? MaximumMagnitudeF32.of(x, i, end) : MaximumMagnitudeF32Twin.of(x, i, end);
    if (max == max) {
      return max;
    }
    max = 0;
    for (int j = i; j < end; j++) {
      if (Float.isFinite(x[j])) {
        max = Math.max(max, Math.abs(x[j]));
      } else {
        nonFinite.add(a, j, x[j]);
      }
    }
    return max;
  }

  private void carefully() {
    careful = true;
    int e = Exponents.of(maximum());
    exponent = e < -FAR ? -SHIFT : e > FAR ? SHIFT : 0;
    double scale = Math.scalb(1.0, -exponent);
    total.reset();
    for (float[] x : arrays) {
      for (int i = from, end = end(x); i < end; i++) {
        double v = Float.isFinite(x[i]) ? Math.abs(x[i]) * scale : 0;
        double square = v * v;
        if (kind == Norm.TWO) {
          total.add(square, Math.fma(v, v, -square));
        } else {
          total.add(v);
        }
      }
    }
    root = root(total.value());
  }

  /** The norm of the finite elements; infinite where it is beyond the range of double. */
  public double finiteNorm() {
    return Math.scalb(root, exponent);
  }

  /** What is not finite. */
  public NonFiniteElements nonFinite() {
    return nonFinite;
  }

  /** Whether that norm is above a positive limit, to 90 bits. */
  public boolean isAbove(double limit) {
    double bound = Math.scalb(limit, -exponent);
    if (!careful && Math.abs(root - bound) <= ERROR * bound) {
      carefully();
      bound = Math.scalb(limit, -exponent);
    }
    if (!careful || kind == Norm.MAX) {
      return root > bound;
    }
    if (bound == Double.POSITIVE_INFINITY) {
      return false;
    }
    difference.reset();
    difference.add(total);
    double square = bound * bound;
    if (kind == Norm.TWO && square < Double.POSITIVE_INFINITY) {
      difference.add(-square, -Math.fma(bound, bound, -square));
    } else {
      difference.add(kind == Norm.TWO ? -square : -bound);
    }
    return difference.value() > 0;
  }

  /** Brings the norm, which is above the limit, down to it; returns the scale. */
  public double scaleTo(double limit) {
    int ofLimit = Exponents.of(limit);
    int ofRoot = Exponents.of(root);
    double q = Math.scalb(limit, -ofLimit) / Math.scalb(root, -ofRoot) * (1 - SlackF32.SCALE);
    int n = ofLimit - ofRoot - exponent;
    double scale = Math.scalb(q, n);
    double least = Float.MIN_NORMAL * 0x1p64f;
    boolean isPlain = limit >= least && scale >= least;
    for (float[] x : arrays) {
      if (isPlain) {
        scale(x, from, end(x), (float) scale);
      } else {
        scaleDown(x, from, end(x), q, n);
      }
    }
    return scale;
  }

  private static void scale(float[] x, int from, int to, float scale) {
    for (int i = from; i < to; i++) {
      x[i] *= scale;
    }
  }

  /** Times q 2^n, towards 0: subnormal products that are rounded up could add up. */
  private static void scaleDown(float[] x, int from, int to, double q, int n) {
    for (int i = from; i < to; i++) {
      float v = Math.abs(x[i]);
      if (v > 0 && v <= Float.MAX_VALUE) {
        int e = Exponents.of(v);
        double product = Math.scalb((double) v, -e) * q;
        float y = (float) Math.scalb(product, e + n);
        boolean isAbove = y > 0 && Math.scalb((double) y, -e - n) > product;
        x[i] = Math.copySign(isAbove ? Math.nextDown(y) : y, x[i]);
      }
    }
  }
}
