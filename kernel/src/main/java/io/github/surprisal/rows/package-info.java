/**
 * Losses and functions of rows of class scores, [rows, classes].
 *
 * <ul>
 *   <li>One class a row: {@link io.github.surprisal.rows.CrossEntropy} (smoothing, class weights,
 *       z-loss, temperature, softcap, soft targets); with rare classes {@link
 *       io.github.surprisal.rows.SoftmaxFocal}, with noisy labels {@link
 *       io.github.surprisal.rows.GeneralizedCrossEntropy}, {@link
 *       io.github.surprisal.rows.PolyLoss}; of log-probabilities {@link
 *       io.github.surprisal.rows.NegativeLogLikelihood}; sparse probabilities {@link
 *       io.github.surprisal.rows.SparsemaxLoss}; margins between scores {@link
 *       io.github.surprisal.rows.MultiMargin}, {@link io.github.surprisal.rows.CrammerSinger}.
 *   <li>A teacher's distribution: {@link io.github.surprisal.rows.Distillation}, with a {@link
 *       io.github.surprisal.rows.Divergence}.
 *   <li>Functions with their gradients: {@link io.github.surprisal.rows.Softmax}, {@link
 *       io.github.surprisal.rows.LogSoftmax}, {@link io.github.surprisal.rows.LogSumExp}, {@link
 *       io.github.surprisal.rows.LogCumSumExp}, {@link io.github.surprisal.rows.Sparsemax}.
 *   <li>What a call is given: {@link io.github.surprisal.rows.Batch}; what it may tell of each row:
 *       {@link io.github.surprisal.rows.RowStatistics}; perplexity of long texts: {@link
 *       io.github.surprisal.rows.SlidingWindows}.
 *   <li>The rules and options that all have: {@link io.github.surprisal.rows.RowLoss}, {@link
 *       io.github.surprisal.rows.LabelLoss}, {@link io.github.surprisal.rows.SoftmaxLoss}, {@link
 *       io.github.surprisal.rows.RowFunction}.
 * </ul>
 */
package io.github.surprisal.rows;
