package io.github.surprisal.internal.distillation;

/** What {@link LogRatioF32} takes of a row, the same for all classes. */
final class RatioConstantsF32 {
  float maxP;
  float maxQ;
  float minusRatio;
  float unit;
  float c;

  /** Takes those of row r of two distributions. */
  void set(DistributionF32 p, DistributionF32 q, int r) {
    maxP = (float) p.softmax.max[r];
    maxQ = (float) q.softmax.max[r];
    minusRatio = (float) (-q.unit() / p.unit());
    unit = (float) p.unit();
    c = (float) (q.softmax.logRest[r] - p.softmax.logRest[r]);
  }
}
