package io.github.surprisal.internal.reduction;

/**
 * The sums of a call, and what they are divided by. Weights near the ends of the range of double
 * would overflow in a sum, or lose digits in a product with a loss. So they are held over a power
 * of two, which is 1 unless they are of such a size:
 *
 * <pre>
 *   held weight = weight / 2^weightExponent in sums,   held class weight likewise everywhere
 *   loss = sum of losses 2^(weightExponent + classExponent) / divisor
 * </pre>
 *
 * The powers cancel where the divisor is the sum of the weights. What belongs to one item is formed
 * from its own weight.
 */
public final class Totals {
  /** Largest exponent of a weight that is held as it is. */
  static final int MOST_EXPONENT = 400;

  private final DoubleDouble sum = new DoubleDouble();
  private final DoubleDouble weight = new DoubleDouble();
  private int weightExponent;
  private int classExponent;
  private double divisor = 1;
  private int sumExponent;
  private int factorExponent;
  private boolean overZero;

  /** Nothing yet, divided by 1. */
  void reset() {
    sum.reset();
    weight.reset();
    weightExponent = 0;
    classExponent = 0;
    divideBy(1, false);
  }

  /** Sum of the losses, as they are held. */
  public DoubleDouble sum() {
    return sum;
  }

  /** Sum of the weights, as they are held. */
  public DoubleDouble weight() {
    return weight;
  }

  /** Says over which power of two class weights are held. */
  void weighClasses(int classExponent) {
    this.classExponent = classExponent;
  }

  /**
   * Whether weights of up to this size have to be held over a power of two, as they are from now
   * on.
   */
  boolean rescale(double largestWeight) {
    weightExponent = Factors.beyond(Factors.exponent(largestWeight), MOST_EXPONENT);
    return weightExponent != 0;
  }

  /** A weight as it is held. */
  double held(double weight) {
    return weightExponent == 0 ? weight : Math.scalb(weight, -weightExponent);
  }

  /** Whether weights are held as they are. */
  boolean holdsWeights() {
    return weightExponent == 0;
  }

  /** A loss that has its class weight, times the weight of its item. */
  double weighted(double loss, double weight) {
    return classExponent == 0 ? loss * weight : Factors.quotient(loss, weight, 1, classExponent, 1);
  }

  /**
   * Says what the sums are divided by. By 0, derivatives are computed as if it were 1.
   *
   * @param byWeights whether it is the sum of the weights, as they are held
   */
  public void divideBy(double divisor, boolean byWeights) {
    overZero = divisor == 0;
    this.divisor = overZero ? 1 : divisor;
    sumExponent = byWeights ? 0 : weightExponent + classExponent;
    factorExponent = byWeights ? -weightExponent : classExponent;
  }

  /** Whether derivatives are still to be divided by 0. */
  public boolean overZero() {
    return overZero;
  }

  /** What multiplies a derivative, in plain arithmetic; NaN where that might lose something. */
  double plainFactor(double upstream, double weight) {
    double quotient = weight / divisor;
    boolean isPlain = factorExponent == 0 && isInReach(upstream) && isInReach(quotient);
    return isPlain ? upstream * quotient : Double.NaN;
  }

  private static boolean isInReach(double x) {
    return Math.abs(x) >= 0x1p-400 && Math.abs(x) <= 0x1p400;
  }

  /** What multiplies a derivative, over 2^n. */
  double factor(double upstream, double ofItem, double weight, int n) {
    return Factors.quotient(upstream, ofItem, weight, factorExponent - n, divisor);
  }

  /** The exponent of that, about. */
  int factorExponent(double upstream, double ofItem, double weight) {
    return Factors.exponent(upstream, ofItem, weight, factorExponent, divisor);
  }

  /** The reduced loss of the items that are kept; over none it is 0. */
  public double reduced(int kept) {
    double quotient = Factors.quotient(sum.value(), 1, 1, sumExponent, divisor);
    return kept == 0 ? 0 : overZero ? quotient / 0.0 : quotient;
  }

  /** Adds both sums to those of many calls. */
  public void addTo(DoubleDouble sums, DoubleDouble weights) {
    int n = weightExponent + classExponent;
    sums.add(sum, n);
    weights.add(weight, n);
  }
}
