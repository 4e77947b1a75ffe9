package io.github.surprisal.internal.softmax.loop;

/** The constants of a copy of {@link SumF32}. */
public enum SumKind {
  /** Sum of x_j, and of x_j (m - y_j), 0 where x_j is. */
  TARGETS,

  /** Sum of x_j y_j. */
  PRODUCTS,

  /** Sum of (m - x_j) 2^-13, which cannot overflow. */
  GAP,

  /** Sum of x_j ((y_j - m) - ratio (z_j - m')), 0 where y_j is -infinity. */
  LOG_RATIO
}
