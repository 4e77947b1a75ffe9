package io.github.surprisal.internal.reduction;

/**
 * One call of a pointwise loss, and what it adds up: elements in the order of their rows, which of
 * them count, with what weight, and the running totals. Used again by the next call.
 */
public final class ElementBatch {
  private static final int BLOCK = 2048;

  /** Number of elements. */
  public int length;

  /** What is read. */
  public final ElementInputs given = new ElementInputs();

  /** What is written. */
  public final ElementResults results = new ElementResults();

  private double scale;

  /** Sums of the weighted losses and of the weights of kept elements. */
  public final Totals totals = new Totals();

  private final ExactSum weightSum = new ExactSum();
  private final RowTimesElement products = new RowTimesElement();
  private int kept;

  /** Weights of the elements of a block: 0 where masked. */
  public final double[] blockWeights = new double[BLOCK];

  /** Weights with upstream factor and denominator. */
  public final double[] blockFactors = new double[BLOCK];

  private boolean moderate;

  /** Forgets the arrays of the last call, so that they can be collected. */
  public void clear() {
    given.clear();
    results.clear();
    totals.reset();
  }

  /** Whether elements may differ in weight. */
  public boolean weighted() {
    return given.weighted();
  }

  /**
   * Whether the derivatives of all elements have the same factor, and one that a float can hold.
   */
  public boolean scaledAlike() {
    return !weighted() && !given.upstreams.present() && Factors.isModerate(scale);
  }

  /** The factor of all elements. */
  public double scale() {
    return scale;
  }

  /** Whether the factor of a derivative may bring it back into the range it has left. */
  public boolean shrinks() {
    return !scaledAlike() || Math.abs(scale()) < 1;
  }

  /** Counts the elements that are kept and sums their weights. */
  public void count() {
    totals.reset();
    kept = length;
    if (!weighted()) {
      totals.weight().add(length);
      return;
    }
    totals.weighClasses(products.start(this));
    kept = 0;
    double largest = 0;
    for (int from = 0; from < length; from = Indices.next(from, BLOCK, length)) {
      int n = Math.min(BLOCK, length - from);
      weigh(from, n);
      for (int i = 0; i < n; i++) {
        kept += blockWeights[i] == 0 ? 0 : 1;
        double size = Math.abs(blockWeights[i]);
        largest = size > largest && size < Double.POSITIVE_INFINITY ? size : largest;
      }
      weightSum.add(blockWeights, n);
    }
    weightSum.drain(totals.weight());
    if (totals.rescale(largest)) {
      sumWeights();
    }
  }

  private void sumWeights() {
    totals.weight().reset();
    for (int from = 0; from < length; from = Indices.next(from, BLOCK, length)) {
      int n = Math.min(BLOCK, length - from);
      weigh(from, n);
      for (int i = 0; i < n; i++) {
        blockWeights[i] = totals.held(blockWeights[i]);
      }
      weightSum.add(blockWeights, n);
    }
    weightSum.drain(totals.weight());
  }

  /** Divides the gradients of elements that count by 0, if that is the denominator. */
  public void finish() {
    for (int from = 0;
        totals.overZero() && from < length;
        from = Indices.next(from, BLOCK, length)) {
      int n = Math.min(BLOCK, length - from);
      weigh(from, n);
      for (int i = 0; i < n; i++) {
        if (blockWeights[i] != 0) {
          results.divideByZero(from + i, given.columns);
        }
      }
    }
  }

  /** Number of elements that count. */
  public int kept() {
    return kept;
  }

  /** Says what the sums are divided by; see {@link Totals#divideBy}. */
  public void divideBy(double divisor, boolean byWeights) {
    totals.divideBy(divisor, byWeights);
    scale = totals.factor(given.upstream, 1, 1, 0);
  }

  /** Fills in weights and factors of elements {@code from} to {@code from + n}. */
  public void stageWeights(int from, int n) {
    if (scaledAlike()) {
      return;
    }
    weigh(from, n);
    moderate = totals.holdsWeights();
    for (int i = 0; i < n; i++) {
      double w = blockWeights[i];
      double u = given.upstream(from + i);
      double plain = w == 0 || u == 0 ? w * u : totals.plainFactor(u, w);
      boolean fits = plain == 0 || Factors.isModerate(plain);
      blockFactors[i] = fits ? plain : factor(from + i, w);
      moderate &= fits && (w == 0 || Factors.isModerate(w));
    }
  }

  private double factor(int i, double weight) {
    return totals.factor(
        given.upstream, given.upstreams.present() ? given.upstreams.get(i) : 1, weight, 0);
  }

  /** The weight of element i of that block in a sum. */
  public double heldWeight(int i) {
    return totals.held(blockWeights[i]);
  }

  /** Whether floats hold the weights and factors of the block that was staged last. */
  public boolean moderate() {
    return moderate;
  }

  /** Element i of that block, times its weight. */
  public double weighted(double loss, int i) {
    double w = weighted() ? blockWeights[i] : 1;
    return w == 0 ? 0 : totals.weighted(loss, w);
  }

  private void weigh(int from, int n) {
    for (int i = 0; i < n; i++) {
      blockWeights[i] = given.weights.present() ? given.weights.get(from + i) : 1;
    }
    for (int i = 0; given.mask.present() && i < n; i++) {
      blockWeights[i] = given.mask.keeps(from + i) ? blockWeights[i] : 0;
    }
    if (given.rowWeights.present()) {
      products.weigh(this, from, n);
    }
  }

  /** Adds the sum of a block's losses. */
  public void add(double blockSum) {
    totals.sum().add(blockSum);
  }
}
