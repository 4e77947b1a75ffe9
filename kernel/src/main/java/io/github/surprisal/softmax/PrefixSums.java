package io.github.surprisal.softmax;

import io.github.surprisal.lane.ExpF64Twin;
import io.github.surprisal.lane.Provider;
import io.github.surprisal.lane.TemperatureF64;
import io.github.surprisal.reduction.DoubleDouble;

/**
 * Sums of exponentials of all elements of a row so far, a block at a time. After element j, with M
 * the largest of them, top = exp(M) and rest the sum of the other exponentials:
 *
 * <pre>
 *   x_j > M:  rest += top,  top = exp(x_j),  M = x_j
 *   else      rest += exp(x_j)
 * </pre>
 *
 * so that log-sum-exp is M + log1p(rest / top) without a subtraction. The exponentials have a
 * scale, {@code exp(x - shift) 2^-k}, in which that of some reference is near 1; an element that
 * exceeds the reference by more than 300 becomes the next one, and what came before is rescaled.
 * The rest is summed with the errors of its roundings, so its own error does not grow.
 */
final class PrefixSums {
  /** Number of elements of a block. */
  static final int BLOCK = 1024;

  /** Numbers of a state. */
  static final int STATE = 7;

  private static final double RANGE = 300;

  private final PrefixPasses passes = passes(Provider.SIMD);

  /** A block of elements, and their exponentials in the scales of their places. */
  final double[] x = new double[BLOCK + PrefixPasses.SLACK];

  final double[] e = new double[BLOCK + PrefixPasses.SLACK];

  /** After each element of the block. */
  final double[] max = new double[BLOCK + PrefixPasses.SLACK];

  final double[] top = new double[BLOCK + PrefixPasses.SLACK];
  final double[] rest = new double[BLOCK + PrefixPasses.SLACK];

  /** Elements before which the scale changed, and the old scale over the new one. */
  final int[] change = new int[BLOCK];

  final double[] ratio = new double[BLOCK];
  int changes;

  private double shift;
  private double origin;
  private double limit;
  private double m;
  private double t;
  private double r;
  private double lost;

  static PrefixPasses passes(boolean simd) {
    return simd ? new PrefixPassesF64() : new PrefixPassesF64Twin();
  }

  /** Before the first element. */
  void start() {
    limit = Double.NEGATIVE_INFINITY;
    m = Double.NEGATIVE_INFINITY;
    t = 0;
    r = 0;
    lost = 0;
  }

  /** Keeps where the sums are, from {@code to[at]} on. */
  void save(double[] to, int at) {
    to[at] = limit;
    to[at + 1] = m;
    to[at + 2] = t;
    to[at + 3] = r;
    to[at + 4] = lost;
    to[at + 5] = shift;
    to[at + 6] = origin;
  }

  /** Goes back to where they were. */
  void load(double[] from, int at) {
    limit = from[at];
    m = from[at + 1];
    t = from[at + 2];
    r = from[at + 3];
    lost = from[at + 4];
    shift = from[at + 5];
    origin = from[at + 6];
  }

  /** Adds the first n elements of the block. */
  void add(int n) {
    changes = 0;
    for (int from = 0; from < n; ) {
      int end = from;
      while (end < n && !(x[end] > limit)) {
        end++;
      }
      if (Math.abs(limit) < Double.POSITIVE_INFINITY) {
        passes.exp(x, from, end, shift, origin, e);
      } else {
        // Nothing but -infinity so far, or +infinity: there are no exponentials.
        for (int i = from; i < end; i++) {
          e[i] = x[i] == x[i] ? 0 : Double.NaN;
        }
      }
      add(from, end);
      if (end < n) {
        rescale(end);
      }
      from = end;
    }
  }

  private void add(int from, int to) {
    double m = this.m;
    double t = this.t;
    double r = this.r;
    double lost = this.lost;
    for (int i = from; i < to; i++) {
      double a = e[i];
      if (x[i] > m) {
        double before = t;
        t = a;
        a = before;
        m = x[i];
      }
      double s = r + a;
      lost += DoubleDouble.lost(r, a, s);
      r = s;
      max[i] = m;
      top[i] = t;
      rest[i] = r + lost;
    }
    this.m = m;
    this.t = t;
    this.r = r;
    this.lost = lost;
  }

  /** Makes element i the reference; beyond +infinity, nothing is left but NaN. */
  private void rescale(int i) {
    double quotient = 1;
    limit = x[i] + RANGE;
    if (x[i] == Double.POSITIVE_INFINITY) {
      t = 0;
      r *= 0;
      lost *= 0;
      quotient = Double.NaN;
    } else {
      double before = t;
      shift = ExpF64Twin.shift(x[i], TemperatureF64.ONE.unshifted);
      origin = ExpF64Twin.origin(x[i] - shift, TemperatureF64.ONE.log2e);
      t = ExpF64Twin.expScaled(m - shift, origin);
      quotient = m == Double.NEGATIVE_INFINITY ? 1 : t / before;
      r *= quotient;
      lost *= quotient;
    }
    change[changes] = i;
    ratio[changes++] = quotient;
  }

  /** y = log-sum-exp after each of n elements. */
  void logarithms(int n, double[] y) {
    passes.logarithms(max, top, rest, n, y);
  }

  /** q = u over the sum after each of n elements. */
  void quotients(double[] u, int n, double[] q) {
    passes.quotients(u, top, rest, n, q);
  }
}
