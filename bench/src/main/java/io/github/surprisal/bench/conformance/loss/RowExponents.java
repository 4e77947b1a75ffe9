package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;

/**
 * The exponentials of one row's softmax in double, and how far errors in them reach. With z the
 * logits after temperature, softcap and allowed classes, m their maximum and p = softmax(z):
 *
 * <pre>
 *   e_j     = m - z_j, or under a softcap, which rounds z itself, |m| + |z_j|
 *   spread  = sum of p_j e_j + C floor        a relative error e_j of each exponential, in log-sum-exp
 *   moment  = sum of (m - z_j) max(p_j e_j, floor) + C floor        the same in the mean of m - z_j
 * </pre>
 *
 * Below floor = MIN_NORMAL / eps an exponential may be lost, and so may the slope of a softcap.
 */
final class RowExponents {
  /** dz_j / dx_j. */
  final double[] slopes;

  /** p_j. */
  final double[] probabilities;

  /** m - z_j, 0 where p_j is. */
  final double[] below;

  /** -log p_j, about. */
  final double[] nlls;

  /** The mass of the targets. */
  final double targetMass;

  /** 1 - p of the label, as the sum of the others. */
  final double others;

  /**
   * The relative error of p of the label. But for a softcap, what else is an error of its z is one
   * of the loss's own terms.
   */
  final double labelError;

  /** The error of the exponential p_j, but for what every number has. */
  final double[] errors;

  /** Under a softcap, the factor by which its slope sech^2 u = exp(-2 |u|) spreads errors of u. */
  final double[] steepness;

  final double spread;
  final double moment;

  /** log sum exp(z), about. */
  final double logSumExp;

  /** -sum of p log p, about. */
  final double entropy;

  /** The slope, dz_j / dx_j, that may be lost. */
  final double lostSlope;

  /** Below it, an exponential may be lost. */
  final double floor;

  /** Under a softcap, the rounding of the largest z. */
  final double rounding;

  RowExponents(RowCase c, int row) throws CaseException {
    this(c, row, c.temperature);
  }

  /** The exponents under another temperature than the case's. */
  RowExponents(RowCase c, int row, double temperature) throws CaseException {
    int classes = c.layout.classes();
    boolean capped = c.softcap != Double.POSITIVE_INFINITY;
    floor = c.source.dtype().smallestNormalOverEpsilon();
    slopes = new double[classes];
    probabilities = new double[classes];
    below = new double[classes];
    nlls = new double[classes];
    errors = new double[classes];
    steepness = new double[classes];
    double[] z = new double[classes];
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < classes; j++) {
      double x = c.scores[row * classes + j];
      boolean possible = c.isAllowed(row, j) && x != Double.NEGATIVE_INFINITY;
      double u = x / temperature / c.softcap;
      double e = Math.exp(-2 * Math.abs(u));
      z[j] = !possible ? Double.NEGATIVE_INFINITY : capped ? c.softcap * Math.tanh(u) : x;
      slopes[j] = (!possible ? 0 : capped ? 4 * e / ((1 + e) * (1 + e)) : 1) / temperature;
      steepness[j] = capped && e > 0 ? Math.max(1, 2 * Math.abs(u)) : 1;
      max = Math.max(max, z[j]);
    }
    double unit = capped ? 1 : temperature;
    double total = 0;
    for (int j = 0; j < classes; j++) {
      probabilities[j] = Math.exp((z[j] - max) / unit);
      total += probabilities[j];
    }
    double sum = floor * classes;
    double square = sum;
    double largest = 0;
    double mean = 0;
    double apart = 0;
    double labelExponent = 0;
    int label = c.labels == null ? -1 : c.labels[row];
    for (int j = 0; j < classes; j++) {
      double p = probabilities[j] / total;
      boolean possible = z[j] != Double.NEGATIVE_INFINITY;
      double exponent = capped ? Math.abs(max) + Math.abs(z[j]) : (max - z[j]) / unit;
      probabilities[j] = p;
      nlls[j] = (max - z[j]) / unit + Math.log(total);
      below[j] = p == 0 ? 0 : (max - z[j]) / unit;
      errors[j] = Math.max(p == 0 ? 0 : p * exponent, possible ? floor : 0);
      largest = capped && possible ? Math.max(largest, Math.abs(z[j])) : largest;
      mean += p * below[j];
      apart += j == label ? 0 : p;
      labelExponent = j == label && capped && possible ? exponent : labelExponent;
      sum += p == 0 ? 0 : p * exponent;
      square += p == 0 ? 0 : Math.max(p * exponent, floor) * below[j];
    }
    spread = sum;
    moment = square;
    rounding = largest;
    others = apart;
    labelError = sum + apart * labelExponent;
    targetMass = c.targetMass(row);
    lostSlope = capped ? floor / temperature : 0;
    logSumExp = max / unit + Math.log(total);
    entropy = mean + Math.log(total);
  }
}
