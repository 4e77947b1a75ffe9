package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.softmax.loop.Sizes;

/**
 * What a loss makes of each row of a group. With exponentials e, target masses t and logits x of
 * maximum m, the gradient is
 *
 * <pre>
 *   (slope + tilt (x_j - m)) e_j - uniform        or   ... - scale t_j
 * </pre>
 *
 * but at the label, where that would cancel.
 */
public final class GradientScalars {
  /** Without the weight of the row. */
  public final double[] loss = new double[Sizes.ROWS];

  /** Negative log-likelihood of the label. */
  public final double[] nll = new double[Sizes.ROWS];

  public final double[] slope = new double[Sizes.ROWS];
  public final double[] uniform = new double[Sizes.ROWS];
  public final double[] scale = new double[Sizes.ROWS];
  public final double[] tilt = new double[Sizes.ROWS];

  /** The gradient at the label. */
  public final double[] atLabel = new double[Sizes.ROWS];

  /** Sum of the target masses, times the scale of the row and the square of dz / dx. */
  public final double[] curvature = new double[Sizes.ROWS];

  /** Nothing yet. */
  public GradientScalars() {}
}
