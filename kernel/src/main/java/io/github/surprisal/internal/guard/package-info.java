/**
 * Loops over gradients: norms, extremes, counts, and what brings them down. Arrays and numbers in,
 * numbers out; {@code XF32} has its float64 form and scalar twin from the build, unless they stand
 * here.
 */
package io.github.surprisal.internal.guard;
