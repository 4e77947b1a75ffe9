/**
 * Losses and their gradients, with vectors: what all of them share.
 *
 * <ul>
 *   <li>The losses themselves: {@link io.github.surprisal.rows} (classes: cross-entropy,
 *       distillation, margins, softmax) and {@link io.github.surprisal.pointwise} (a prediction and
 *       its target: regression, binary classification, counts); your own: {@link
 *       io.github.surprisal.formula}.
 *   <li>What a call is given: {@link io.github.surprisal.Matrix}, and weights, masks and outputs in
 *       {@link io.github.surprisal.Inputs}.
 *   <li>From losses to one number: {@link io.github.surprisal.Reduction}, {@link
 *       io.github.surprisal.Denominator}; over many batches: {@link io.github.surprisal.LossSum}.
 *   <li>Second derivatives as boosting libraries have them: {@link
 *       io.github.surprisal.HessianConvention}.
 *   <li>How exact results are: {@link io.github.surprisal.Bounds}; options that inputs are compared
 *       with: {@link io.github.surprisal.Threshold}.
 *   <li>Scratch memory of a call: {@link io.github.surprisal.Workspace}; whether vectors are in
 *       use: {@link io.github.surprisal.Simd}.
 * </ul>
 */
package io.github.surprisal;
