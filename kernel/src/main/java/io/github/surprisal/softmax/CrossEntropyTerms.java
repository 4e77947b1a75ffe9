package io.github.surprisal.softmax;

import io.github.surprisal.lane.Provider;
import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;

/**
 * What cross-entropy makes of the row scalars. With z the prepared logits, target mass t_j of class
 * j, A = sum of t_j, log-sum-exp L = m + logRest and entropy H = logRest + D, D the mean of m -
 * z_j:
 *
 * <pre>
 *   loss = sum of t_j (L - z_j) + v (l L^2 - h H)
 *   gradient_j = scale dz/dx (p_j (A + v (2 l L + h (D - (m - z_j)))) - t_j)
 *
 *   label y:           t_j = (1 - s) w_y [j = y] + (s / n) w_j     s label smoothing, w class weights
 *   probabilities q:   t_j = w_j ((1 - s) q_j + s / n)             n number of allowed classes
 *   l weight of the z-loss, h of the entropy; v = w_y for a label and 1 for probabilities
 * </pre>
 *
 * A label without smoothing, or with one that is the same for all classes, needs no t_j array.
 */
public final class CrossEntropyTerms extends RowTerms {
  /** Of labels, without any option. */
  public static final CrossEntropyTerms OF_LABELS =
      new CrossEntropyTerms(LogitOptions.NONE, 0, 0, 0);

  private static final PlainLabels PLAIN =
      Provider.SIMD ? new PlainLabelsF64() : new PlainLabelsF64Twin();

  private final double smoothing;
  private final double zLoss;
  private final double entropy;

  /** Terms under label smoothing, and weights of z-loss and entropy. */
  public CrossEntropyTerms(LogitOptions logits, double smoothing, double zLoss, double entropy) {
    super(logits);
    this.smoothing = smoothing;
    this.zLoss = zLoss;
    this.entropy = entropy;
  }

  @Override
  double targetFactor() {
    return 1 - smoothing;
  }

  @Override
  double targetConstant(RowBatch batch, int row) {
    return smoothing == 0
        ? 0
        : smoothing / (batch.allowed.present() ? batch.allowed.count(row) : batch.classes);
  }

  @Override
  boolean needsTargets(RowBatch batch) {
    return batch.probabilities.present()
        || (smoothing > 0
            && (batch.classWeightsF64 != null || PreparedLogitsF32.needed(batch, logits)));
  }

  @Override
  boolean needsSpread(RowBatch batch) {
    return smoothing > 0 && !needsTargets(batch);
  }

  /** Whether there is label smoothing. */
  public boolean smooths() {
    return smoothing > 0;
  }

  /** Whether the second derivative is A p (1 - p), but for constant factors. */
  public boolean curvesAlike() {
    return zLoss == 0 && entropy == 0 && !logits.capped;
  }

  @Override
  boolean tilts() {
    return entropy != 0;
  }

  @Override
  boolean plain(RowBatch batch) {
    return smoothing == 0
        && zLoss == 0
        && entropy == 0
        && batch.classWeightsF64 == null
        && !batch.weights.present()
        && !batch.probabilities.present();
  }

  @Override
  void finish(RowBatch batch, RowGroup group) {
    if (plain(batch) && !batch.upstreams.present()) {
      finishPlain(batch, group);
      return;
    }
    if (batch.probabilities.present()) {
      finishProbabilities(batch, group);
    } else {
      finishLabels(batch, group);
    }
    if (zLoss != 0 || entropy != 0) {
      finishOptions(batch, group);
    }
    double unit = batch.classWeights == null ? 1 : batch.classWeights.loopUnit;
    for (int i = 0; i < group.size; i++) {
      // A hessian has neither denominator nor upstream factor.
      group.curvature[i] *= group.scale[i] * logits.slope;
      group.scale[i] *= unit;
    }
  }

  private void finishPlain(RowBatch batch, RowGroup g) {
    double scale = batch.scale(0) * logits.slope;
    PLAIN.finish(g, logits.unit, scale);
    if (batch.hessian.present()) {
      Arrays.fill(g.curvature, 0, g.size, logits.slope * logits.slope);
    }
  }

  /**
   * With t the label's own mass, b the mass that smoothing gives each class (times w_j) and B their
   * sum, so that A = t + B:
   *
   * <pre>
   *   loss = t ((m - z_y) + logRest) + B logRest + sum of b w_j (m - z_j)
   *   gradient_y = scale (B p_y - b w_y - t (1 - p_y))
   *   1 - p_y = rest / (e_k + rest)  where z_y = m;  else p_y <= 1/2 and nothing cancels
   * </pre>
   */
  private void finishLabels(RowBatch batch, RowGroup g) {
    double[] w = batch.classWeightsF64;
    boolean targets = needsTargets(batch);
    for (int i = 0; i < g.size; i++) {
      double wy = w == null ? 1 : w[g.label[i]];
      double b = targetConstant(batch, g.row[i]);
      double t = targetFactor() * wy;
      double spreadMass = targets ? g.targetMass[i] : smoothing;
      double nll = logits.unit * (g.max[i] - g.labelLogit[i]) + g.logRest[i];
      double loss = product(t, nll);
      if (smoothing > 0) {
        double dot = targets ? g.targetDot[i] : smoothing * g.spread[i];
        loss += spreadMass * g.logRest[i] + logits.unit * dot;
      }
      g.loss[i] = loss;
      g.nll[i] = nll;
      double scale = batch.scale(g.row[i]) * logits.slope;
      double inverse = g.inverse[i];
      g.scale[i] = scale;
      g.curvature[i] = t + spreadMass;
      g.slope[i] = scale * (t + spreadMass) * inverse;
      g.uniform[i] = b == 0 ? 0 : scale * b;
      double p = g.labelExp[i] * inverse;
      g.labelGradient[i] = scale * (spreadMass * p - b * wy - t * g.others(i, p));
    }
  }

  /** loss = A logRest + sum of t_j (m - z_j). */
  private void finishProbabilities(RowBatch batch, RowGroup g) {
    for (int i = 0; i < g.size; i++) {
      double nll = logits.unit * (g.max[i] - g.labelLogit[i]) + g.logRest[i];
      double scale = batch.scale(g.row[i]) * logits.slope;
      g.loss[i] = g.targetMass[i] * g.logRest[i] + logits.unit * g.targetDot[i];
      g.nll[i] = g.label[i] < 0 ? 0 : nll;
      g.scale[i] = scale;
      g.curvature[i] = g.targetMass[i];
      g.slope[i] = scale * g.targetMass[i] * g.inverse[i];
    }
  }

  /**
   * What z-loss and entropy add, with P = v (2 l L + h D):
   *
   * <pre>
   *   loss        v (l L^2 - h H)
   *   gradient_j  scale p_j (P - v h (m - z_j))
   * </pre>
   */
  private void finishOptions(RowBatch batch, RowGroup g) {
    double[] w = batch.probabilities.present() ? null : batch.classWeightsF64;
    for (int i = 0; i < g.size; i++) {
      double v = w == null ? 1 : w[g.label[i]];
      double logSum = g.logSumExp(i, logits.unit);
      double mean = entropy == 0 ? 0 : g.meanBelow(i, logits.unit);
      double pull = v * (2 * zLoss * logSum + entropy * mean);
      g.loss[i] += v * (zLoss * logSum * logSum - entropy * (g.logRest[i] + mean));
      g.slope[i] += g.scale[i] * pull * g.inverse[i];
      g.tilt[i] = g.scale[i] * v * entropy * logits.unit * g.inverse[i];
      double p = g.labelExp[i] * g.inverse[i];
      double below = logits.unit * (g.max[i] - g.labelLogit[i]);
      g.labelGradient[i] += g.scale[i] * p * (pull - (p == 0 ? 0 : v * entropy * below));
    }
  }
}
