package io.github.surprisal.internal.call;

import java.util.Arrays;

/**
 * The places that nested loops visit, from a first one on: of each loop, how many rounds, and how
 * far from one to the next. The outermost comes first, and steps further than all that is within it
 * reaches. Loops of one round are left out, and loops that continue each other are one.
 */
public final class Lattice {
  private final int[] counts;
  private final int[] strides;

  /** Distance from the first place to the last within loops i and further. */
  private final long[] spans;

  /** Made of what {@link #loop} gives, in any order; sorts it. */
  Lattice(long... loops) {
    Arrays.sort(loops);
    int n = 0;
    int[] c = new int[loops.length];
    int[] s = new int[loops.length];
    for (int i = loops.length - 1; i >= 0; i--) {
      int count = (int) loops[i];
      int stride = (int) (loops[i] >>> 32);
      if (n > 0 && s[n - 1] == (long) count * stride) {
        c[n - 1] *= count;
        s[n - 1] = stride;
      } else if (count > 1) {
        c[n] = count;
        s[n++] = stride;
      }
    }
    counts = Arrays.copyOf(c, n);
    strides = Arrays.copyOf(s, n);
    spans = new long[n + 1];
    for (int i = n - 1; i >= 0; i--) {
      spans[i] = spans[i + 1] + (counts[i] - 1L) * strides[i];
    }
  }

  /** A loop, in a form that sorts by stride. */
  public static long loop(int count, int stride) {
    return count <= 1 ? 1 : (long) stride << 32 | count;
  }

  /** The stride of a loop that does not step over all within it; 0 if there is none. */
  public int strideWithinReach() {
    for (int i = 0; i < counts.length; i++) {
      if (strides[i] <= spans[i + 1]) {
        return strides[i];
      }
    }
    return 0;
  }

  /** What the outermost loop of this stride would have to step. */
  long leastStride(int stride) {
    int i = 0;
    while (strides[i] != stride) {
      i++;
    }
    return spans[i + 1] + 1;
  }

  /**
   * Whether the places from {@code first} on share one with those of another from {@code
   * firstOfOther} on. Takes a few steps if strides are equal, else at most as many as there are
   * places, and most often rounds of the outermost loop.
   */
  public boolean meets(int first, Lattice other, int firstOfOther) {
    return meet(this, 0, first, other, 0, firstOfOther);
  }

  /** Whether loops i and further of a, from p on, meet those from j on of b, from q on. */
  private static boolean meet(Lattice a, int i, long p, Lattice b, int j, long q) {
    if (p > q + b.spans[j] || q > p + a.spans[i]) {
      return false;
    }
    if (i == a.counts.length) {
      return b.has(j, p - q);
    }
    if (j == b.counts.length) {
      return a.has(i, q - p);
    }
    long stride = a.strides[i];
    if (stride < b.strides[j]) {
      return meet(b, j, q, a, i, p);
    }
    // Rounds of a that reach what b covers; of equal strides, rounds of a less those of b.
    boolean equal = stride == b.strides[j];
    int inner = equal ? j + 1 : j;
    long from = Math.ceilDiv(q - p - a.spans[i + 1], stride);
    long to = Math.min(Math.floorDiv(q - p + b.spans[inner], stride), a.counts[i] - 1);
    for (long k = Math.max(from, equal ? 1 - b.counts[j] : 0); k <= to; k++) {
      if (meet(a, i + 1, p + k * stride, b, inner, q)) {
        return true;
      }
    }
    return false;
  }

  /** Whether loops i and further visit the place at this distance from the first. */
  private boolean has(int i, long distance) {
    long left = distance;
    for (int k = i; k < counts.length; k++) {
      left -= Math.min(left / strides[k], counts[k] - 1) * strides[k];
    }
    return left == 0;
  }
}
