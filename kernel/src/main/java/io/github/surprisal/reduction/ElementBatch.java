package io.github.surprisal.reduction;

/**
 * One call of a pointwise loss, and what it adds up: elements in the order of their rows, which of
 * them count, with what weight, and the running totals. Used again by the next call.
 */
public final class ElementBatch {
  private static final int BLOCK = 2048;

  /** Number of elements. */
  public int length;

  /** Length of a row, of all that is given in rows. */
  public int columns;

  public final Rows predictions = new Rows();
  public final Rows targets = new Rows();

  /** A third number for each element, or absent. */
  public final Rows parameter = new Rows();

  /** The same, repeated, or null. */
  public double[] parameters;

  /** Derivatives to write, or absent. */
  public final Rows gradient = new Rows();

  public final Rows parameterGradient = new Rows();
  public final Rows hessian = new Rows();

  /** Weight of each element, or absent. */
  public final Column weights = new Column();

  /** Weight of each element of a row, or absent. */
  public final Column rowWeights = new Column();

  /** True where an element counts, or null. */
  public boolean[] mask;

  /** Bit i mod 64 of word i / 64 is set where element i counts, or null. */
  public long[] maskBits;

  /** Factor of each element's derivatives, or absent. */
  public final Column upstreams = new Column();

  /** Factor of all derivatives. */
  public double upstream;

  private double divisor;

  /** Losses to write, or absent. */
  public final Column losses = new Column();

  /** Sum of the weighted losses. */
  public final DoubleDouble sum = new DoubleDouble();

  /** Sum of the weights of kept elements. */
  public final DoubleDouble weight = new DoubleDouble();

  private final ExactSum weightSum = new ExactSum();
  private int kept;

  /** Weights of the elements of a block: 0 where masked, NaN where negative. */
  public final double[] blockWeights = new double[BLOCK];

  /** The same with upstream factor and denominator. */
  public final double[] blockFactors = new double[BLOCK];

  /** Forgets the arrays of the last call, so that they can be collected. */
  public void clear() {
    predictions.clear();
    targets.clear();
    parameter.clear();
    gradient.clear();
    parameterGradient.clear();
    hessian.clear();
    parameters = null;
    mask = null;
    maskBits = null;
    weights.set(null, null);
    rowWeights.set(null, null);
    upstreams.set(null, null);
    losses.set(null, null);
  }

  /** Whether elements may differ in weight. */
  public boolean weighted() {
    return weights.present() || rowWeights.present() || mask != null || maskBits != null;
  }

  /** Whether the derivatives of all elements have the same factor, and not one of 0. */
  public boolean scaledAlike() {
    return !weighted() && !upstreams.present() && upstream != 0;
  }

  /** The factor of all elements. */
  public double scale() {
    return upstream / divisor;
  }

  /** Whether the factor of a derivative may bring it back into the range it has left. */
  public boolean shrinks() {
    return !scaledAlike() || Math.abs(scale()) < 1;
  }

  /** Counts the elements that are kept and sums their weights. */
  public void count() {
    sum.reset();
    weight.reset();
    kept = length;
    if (!weighted()) {
      weight.add(length);
      return;
    }
    kept = 0;
    for (int from = 0; from < length; from = Indices.next(from, BLOCK, length)) {
      int n = Math.min(BLOCK, length - from);
      weigh(from, n);
      for (int i = 0; i < n; i++) {
        kept += blockWeights[i] == 0 ? 0 : 1;
      }
      weightSum.add(blockWeights, n);
    }
    weightSum.drain(weight);
  }

  /** Sets all derivatives to +0, which leaves none to compute. */
  public void zeroDerivatives() {
    for (Rows rows : new Rows[] {gradient, parameterGradient, hessian}) {
      for (int row = 0; rows.present() && row * columns < length; row++) {
        rows.fill(row, columns, 0);
      }
      rows.clear();
    }
  }

  /** Number of elements that count. */
  public int kept() {
    return kept;
  }

  /** What the sum of the losses is divided by. */
  public void divideBy(double divisor) {
    this.divisor = divisor;
  }

  /** Fills in weights and factors of elements {@code from} to {@code from + n}. */
  public void stageWeights(int from, int n) {
    if (scaledAlike()) {
      return;
    }
    weigh(from, n);
    for (int i = 0; i < n; i++) {
      // A weight over a sum of weights does not overflow, however small both are.
      blockFactors[i] = blockWeights[i] / divisor * upstream;
    }
    for (int i = 0; upstreams.present() && i < n; i++) {
      blockFactors[i] *= upstreams.get(from + i);
    }
  }

  private void weigh(int from, int n) {
    for (int i = 0; i < n; i++) {
      double w = weights.present() ? weights.get(from + i) : 1;
      blockWeights[i] = w < 0 ? Double.NaN : w;
    }
    for (int i = 0; mask != null && i < n; i++) {
      blockWeights[i] = mask[from + i] ? blockWeights[i] : 0;
    }
    for (int i = 0; maskBits != null && i < n; i++) {
      boolean set = (maskBits[(from + i) >> 6] >>> (from + i) & 1) != 0;
      blockWeights[i] = set ? blockWeights[i] : 0;
    }
    if (rowWeights.present()) {
      weighRows(from, n);
    }
  }

  /** A weight of 0 masks, whatever the other is. */
  private void weighRows(int from, int n) {
    int row = from / columns;
    int end = columns - from % columns;
    for (int i = 0; i < n; row++, end = columns) {
      double weight = rowWeights.get(row);
      for (int to = i + Math.min(n - i, end); i < to; i++) {
        boolean masked = blockWeights[i] == 0 || weight == 0;
        blockWeights[i] = masked ? 0 : blockWeights[i] * weight;
      }
    }
  }

  /** Adds the sum of a block's losses. */
  public void add(double blockSum) {
    sum.add(blockSum);
  }
}
