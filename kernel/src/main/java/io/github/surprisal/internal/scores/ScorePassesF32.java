package io.github.surprisal.internal.scores;

/**
 * Passes over a block of scores, n a multiple of 16, filled up with -infinity. Sums go to 16
 * virtual lanes, element i to lane i mod 16.
 */
interface ScorePassesF32 {
  /** The maximum, or NaN if there is one. */
  float max(float[] e, int n);

  /** The first position of a value that is there. */
  int indexOf(float[] e, int n, float value);

  /**
   * Appends {@code e - max} of every strip of 16 in which one exceeds -1, in order, from {@code
   * to[at]} on; returns the position after them.
   */
  int gather(float[] e, int n, float max, float[] to, int at);

  /**
   * Of the scores above {@code floor}, sums {@code v = (e - high) - low} and their number; e
   * becomes slope where it is above, else 0. NaN is above.
   */
  void hinge(
      float[] e,
      int n,
      float high,
      float low,
      float floor,
      float slope,
      float[] sums,
      float[] counts);

  /**
   * Of the scores above {@code floor}, sums v and v^2; e becomes slope v where it is above, else 0.
   */
  void squaredHinge(
      float[] e,
      int n,
      float high,
      float low,
      float floor,
      float slope,
      float[] sums,
      float[] squares);

  /** Sums {@code e - max} where that exceeds tau, and the number of such scores. */
  void support(float[] e, int n, float max, float tau, float[] sums, float[] counts);

  /** Sums {@code p = max(0, (e - max) - tau)} and p^2; e becomes slope p. */
  void project(float[] e, int n, float max, float tau, float slope, float[] sums, float[] squares);

  /** Sums u where p is not 0, and the number of such elements. */
  void supportSum(float[] p, float[] u, int n, float[] sums, float[] counts);

  /** p becomes u - mean where it is not 0, NaN where it is NaN. */
  void centre(float[] p, float[] u, int n, float mean);
}
