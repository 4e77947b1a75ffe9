package io.github.surprisal.internal.scan;

import io.github.surprisal.internal.lane.ExpF64Twin;
import io.github.surprisal.internal.lane.Provider;
import io.github.surprisal.internal.lane.TemperatureF64;
import io.github.surprisal.internal.reduction.DoubleDouble;

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

  private final PrefixPass exp;
  private final PrefixPass logarithms;
  private final PrefixPass quotients;
  private final PrefixPass add = new Add();

  /** A block of elements, and their exponentials in the scales of their places. */
  final double[] x = new double[BLOCK + PrefixPass.SLACK];

  final double[] e = new double[BLOCK + PrefixPass.SLACK];

  /** After each element of the block. */
  final double[] max = new double[BLOCK + PrefixPass.SLACK];

  final double[] top = new double[BLOCK + PrefixPass.SLACK];
  final double[] rest = new double[BLOCK + PrefixPass.SLACK];

  /** The results of each element; before the quotients, what is divided. */
  final double[] y = new double[BLOCK + PrefixPass.SLACK];

  /** Elements before which the scale changed, and the old scale over the new one. */
  final int[] change = new int[BLOCK];

  final double[] ratio = new double[BLOCK];
  int changes;

  double shift;
  double origin;
  private double limit;
  private double m;
  private double t;
  private double r;
  private double lost;

  PrefixSums() {
    this(Provider.SIMD);
  }

  PrefixSums(boolean simd) {
    exp = simd ? new PrefixPassesF64.Exp() : new PrefixPassesF64Twin.Exp();
    logarithms = simd ? new PrefixPassesF64.Logarithms() : new PrefixPassesF64Twin.Logarithms();
    quotients = simd ? new PrefixPassesF64.Quotients() : new PrefixPassesF64Twin.Quotients();
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
        run(exp, from, end);
      } else {
        // Nothing but -infinity so far, or +infinity: there are no exponentials.
        for (int i = from; i < end; i++) {
          e[i] = x[i] == x[i] ? 0 : Double.NaN;
        }
      }
      run(add, from, end);
      if (end < n) {
        rescale(end);
      }
      from = end;
    }
  }

  /** A call site that sees three classes, so that C2 compiles each pass alone. */
  private void run(PrefixPass pass, int from, int to) {
    pass.run(this, from, to);
  }

  private static final class Add implements PrefixPass {
    @Override
    public void run(PrefixSums sums, int from, int to) {
      double[] x = sums.x;
      double[] e = sums.e;
      double m = sums.m;
      double t = sums.t;
      double r = sums.r;
      double lost = sums.lost;
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
        sums.max[i] = m;
        sums.top[i] = t;
        sums.rest[i] = r + lost;
      }
      sums.m = m;
      sums.t = t;
      sums.r = r;
      sums.lost = lost;
    }
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
  void logarithms(int n) {
    run(logarithms, 0, n);
  }

  /** y = y over the sum after each of n elements. */
  void quotients(int n) {
    run(quotients, 0, n);
  }
}
