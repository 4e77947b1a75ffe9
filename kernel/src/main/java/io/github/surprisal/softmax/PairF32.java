package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.TreeF32;

/** A block of one row of a student's distribution Q and a teacher's P, between its passes. */
final class PairF32 {
  final SideF32 student;
  final SideF32 teacher;

  /**
   * Elements of the block, or of a row whose exponentials are all at hand; the next multiple of 16.
   */
  int n;

  int padded;

  /** Of the Jensen-Shannon divergence: the weight of P, and that of Q. */
  float beta;

  float rest;

  /** The sum of the divergence's terms over the blocks so far, and that of Q f, f the slopes. */
  double sum;

  double mean;

  /** Of a logarithm of ratios. */
  float maxP;

  float maxQ;
  float minusRatio;
  float unit;
  float c;

  /** Whether a term left the range of the type, or is infinite. */
  boolean steep;

  /** The divergence's slope by log Q, but for what all classes share. */
  final float[] logSlopes = new float[BLOCK];

  final float[] lanes = new float[TreeF32.LANES];
  final float[] means = new float[TreeF32.LANES];

  /** Gradient to write: from the exponentials of Q and P, or of Q and logSlopes. */
  float[] g;

  int to;
  double slope;
  double scale;

  /** The student without its temperature, and the factor of its exponentials in the gradient. */
  SideF32 hard;

  double hardSlope;

  PairF32(SideF32 student, SideF32 teacher) {
    this.student = student;
    this.teacher = teacher;
  }

  /** Takes up the constants of log (p_j / q_j) for {@link LogRatioF32}. */
  void take(SideF32 p, SideF32 q) {
    maxP = (float) p.max;
    maxQ = (float) q.max;
    minusRatio = (float) (-q.unit / p.unit);
    unit = (float) p.unit;
    c = (float) (q.logRest - p.logRest);
  }

  /** log p_j less log q_j in double. */
  static double logRatio(SideF32 p, SideF32 q, int j) {
    double ofQ = (q.max - q.x[q.at + j]) * q.unit + q.logRest;
    return ofQ - ((p.max - p.x[p.at + j]) * p.unit + p.logRest);
  }
}
