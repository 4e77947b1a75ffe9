/**
 * Losses of a prediction and its target, element by element: a record is the formula, {@link
 * io.github.surprisal.pointwise.PointwiseLoss} computes it, over {@link
 * io.github.surprisal.pointwise.Elements} or plain arrays.
 *
 * <ul>
 *   <li>A number: {@link io.github.surprisal.pointwise.SquaredError}, {@link
 *       io.github.surprisal.pointwise.HalfSquaredError}, {@link
 *       io.github.surprisal.pointwise.AbsoluteError}; with outliers {@link
 *       io.github.surprisal.pointwise.Huber}, {@link io.github.surprisal.pointwise.SmoothL1},
 *       {@link io.github.surprisal.pointwise.PseudoHuber}, {@link
 *       io.github.surprisal.pointwise.LogCosh}, {@link io.github.surprisal.pointwise.Cauchy},
 *       {@link io.github.surprisal.pointwise.Tukey}; quantiles {@link
 *       io.github.surprisal.pointwise.Quantile}, {@link io.github.surprisal.pointwise.Expectile}; a
 *       tolerance {@link io.github.surprisal.pointwise.EpsilonInsensitive}; relative errors {@link
 *       io.github.surprisal.pointwise.AbsolutePercentageError}, {@link
 *       io.github.surprisal.pointwise.SquaredLogarithmicError}.
 *   <li>Yes or no: {@link io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits}, of
 *       probabilities {@link io.github.surprisal.pointwise.BinaryCrossEntropy}; rare positives
 *       {@link io.github.surprisal.pointwise.SigmoidFocal}, {@link
 *       io.github.surprisal.pointwise.AsymmetricFocal}; targets -1 and 1 {@link
 *       io.github.surprisal.pointwise.SoftMargin}, {@link io.github.surprisal.pointwise.Hinge},
 *       {@link io.github.surprisal.pointwise.SquaredHinge}, {@link
 *       io.github.surprisal.pointwise.Perceptron}.
 *   <li>Counts and amounts: {@link io.github.surprisal.pointwise.PoissonNll}, {@link
 *       io.github.surprisal.pointwise.Gamma}, {@link io.github.surprisal.pointwise.Tweedie}.
 *   <li>A number with its spread: {@link io.github.surprisal.pointwise.GaussianNll}, {@link
 *       io.github.surprisal.pointwise.LaplaceNll}.
 *   <li>Divergences of probabilities: {@link io.github.surprisal.pointwise.KlDivergence}, {@link
 *       io.github.surprisal.pointwise.BernoulliKl}.
 * </ul>
 */
package io.github.surprisal.pointwise;
