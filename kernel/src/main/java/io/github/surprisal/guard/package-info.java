/**
 * Guards of training: they see that gradients stay finite and of a sensible size.
 *
 * <table>
 * <caption>By task</caption>
 * <tr><th>task</th><th>class</th></tr>
 * <tr><td>keep the global norm of all gradients at or below a number</td>
 *     <td>{@link io.github.surprisal.guard.ClipByNorm}</td></tr>
 * <tr><td>keep each element at or below a number</td>
 *     <td>{@link io.github.surprisal.guard.ClipByValue}</td></tr>
 * <tr><td>keep the gradient of each unit in proportion to its parameters (AGC)</td>
 *     <td>{@link io.github.surprisal.guard.ClipByUnit}</td></tr>
 * <tr><td>keep gradients from a norm that is out of line with those before (ZClip)</td>
 *     <td>{@link io.github.surprisal.guard.ClipByZScore}</td></tr>
 * <tr><td>keep small gradients from vanishing in float16</td>
 *     <td>{@link io.github.surprisal.guard.LossScaling}</td></tr>
 * <tr><td>see what an array holds: NaN, infinities, zeros, extremes</td>
 *     <td>{@link io.github.surprisal.guard.ArrayScan}</td></tr>
 * </table>
 *
 * <p>Those that clip take gradients as plain arrays, one or many, change them in place, and tell
 * what they saw in a {@link io.github.surprisal.guard.ClipResult} that the caller hands in. What is
 * NaN or infinite is counted and named, and never changed or spread; {@link
 * io.github.surprisal.guard.NonFinite} says what happens to the rest.
 */
package io.github.surprisal.guard;
