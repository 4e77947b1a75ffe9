package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.softmax.loop.Sizes;

/** The target masses t_j of each row of a group that differ by class, in two numbers. */
public final class TargetSums {
  /** Sum of t_j. */
  public final double[] mass = new double[Sizes.ROWS];

  /** Sum of t_j (m - x_j), m the maximum of the logits x. */
  public final double[] dot = new double[Sizes.ROWS];

  /** Nothing yet. */
  public TargetSums() {}
}
