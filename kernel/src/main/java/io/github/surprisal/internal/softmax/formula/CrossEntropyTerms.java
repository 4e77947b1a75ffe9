package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.lane.Provider;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import java.util.Arrays;

/**
 * What cross-entropy makes of the row scalars. With z the capped and masked logits, target mass t_j
 * of class j, A = sum of t_j, log-sum-exp L = m + logRest and entropy H = logRest + D, D the mean
 * of m - z_j:
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
  public double targetFactor() {
    return 1 - smoothing;
  }

  @Override
  public double targetConstant(RowBatch batch, int row) {
    return smoothing == 0
        ? 0
        : smoothing / (batch.allowed.present() ? batch.allowed.count(row) : batch.classes);
  }

  @Override
  public boolean needsTargets(RowBatch batch) {
    return batch.probabilities.present() || (smoothing > 0 && !smoothsAlike(batch));
  }

  /** Whether smoothing gives every class the same. */
  private boolean smoothsAlike(RowBatch batch) {
    return batch.classWeightsF64 == null && !batch.allowed.present();
  }

  @Override
  public boolean needsGap(RowBatch batch) {
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
  public boolean tilts() {
    return entropy != 0;
  }

  @Override
  public boolean plain(RowBatch batch) {
    return smoothing == 0
        && zLoss == 0
        && entropy == 0
        && batch.classWeightsF64 == null
        && !batch.weights.present()
        && !batch.probabilities.present();
  }

  @Override
  public void finish(
      RowBatch batch, Group group, SoftmaxScalars s, TargetSums t, GradientScalars out) {
    if (plain(batch) && !batch.upstreams.present()) {
      PLAIN.finish(group.size, s, out, logits.unit, batch.scale(0) * logits.slope);
      if (batch.hessian.present()) {
        Arrays.fill(out.curvature, 0, group.size, logits.slope * logits.slope);
      }
      return;
    }
    if (batch.probabilities.present()) {
      finishProbabilities(batch, group, s, t, out);
    } else {
      finishLabels(batch, group, s, t, out);
    }
    if (zLoss != 0 || entropy != 0) {
      finishOptions(batch, group, s, out);
    }
    double unit = batch.classWeights == null ? 1 : batch.classWeights.loopUnit;
    for (int i = 0; i < group.size; i++) {
      // A hessian has neither denominator nor upstream factor.
      out.curvature[i] *= out.scale[i] * logits.slope;
      out.scale[i] *= unit;
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
  private void finishLabels(
      RowBatch batch, Group g, SoftmaxScalars s, TargetSums sums, GradientScalars out) {
    double[] w = batch.classWeightsF64;
    boolean targets = needsTargets(batch);
    for (int i = 0; i < g.size; i++) {
      double wy = w == null ? 1 : w[g.label[i]];
      double b = targetConstant(batch, g.row[i]);
      double t = targetFactor() * wy;
      double spread = targets ? sums.mass[i] : smoothing;
      double nll = s.nll(i, logits.unit);
      double loss = product(t, nll);
      if (smoothing > 0) {
        double dot = targets ? sums.dot[i] : smoothing * s.gap[i];
        loss += spread * s.logRest[i] + logits.unit * dot;
      }
      out.loss[i] = loss;
      out.nll[i] = nll;
      double scale = batch.scale(g.row[i]) * logits.slope;
      double inverse = s.inverse[i];
      out.scale[i] = scale;
      out.curvature[i] = t + spread;
      out.slope[i] = scale * (t + spread) * inverse;
      out.uniform[i] = b == 0 ? 0 : scale * b;
      double p = s.labelProbability(i);
      out.atLabel[i] = scale * (spread * p - b * wy - t * s.others(i, p));
    }
  }

  /** loss = A logRest + sum of t_j (m - z_j). */
  private void finishProbabilities(
      RowBatch batch, Group g, SoftmaxScalars s, TargetSums t, GradientScalars out) {
    for (int i = 0; i < g.size; i++) {
      double scale = batch.scale(g.row[i]) * logits.slope;
      out.loss[i] = t.mass[i] * s.logRest[i] + logits.unit * t.dot[i];
      out.nll[i] = g.label[i] < 0 ? 0 : s.nll(i, logits.unit);
      out.scale[i] = scale;
      out.curvature[i] = t.mass[i];
      out.slope[i] = scale * t.mass[i] * s.inverse[i];
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
  private void finishOptions(RowBatch batch, Group g, SoftmaxScalars s, GradientScalars out) {
    double[] w = batch.probabilities.present() ? null : batch.classWeightsF64;
    for (int i = 0; i < g.size; i++) {
      double v = w == null ? 1 : w[g.label[i]];
      double logSum = s.logSumExp(i, logits.unit);
      double mean = entropy == 0 ? 0 : s.meanBelow(i, logits.unit);
      double pull = v * (2 * zLoss * logSum + entropy * mean);
      out.loss[i] += v * (zLoss * logSum * logSum - entropy * (s.logRest[i] + mean));
      out.slope[i] += out.scale[i] * pull * s.inverse[i];
      out.tilt[i] = out.scale[i] * v * entropy * logits.unit * s.inverse[i];
      double p = s.labelProbability(i);
      double below = logits.unit * (s.max[i] - s.labelLogit[i]);
      out.atLabel[i] += out.scale[i] * p * (pull - (p == 0 ? 0 : v * entropy * below));
    }
  }
}
