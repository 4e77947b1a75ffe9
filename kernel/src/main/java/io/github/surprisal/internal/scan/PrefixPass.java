package io.github.surprisal.internal.scan;

/** What {@link LogCumSumExpRows} computes of many elements of a block at a time, in double. */
interface PrefixPass {
  /** Length that arrays must have beyond what is asked for. */
  int SLACK = 16;

  /** Visits the elements from <= i < to; more may be written. */
  void run(PrefixSums sums, int from, int to);
}
