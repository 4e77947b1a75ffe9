/**
 * Divergences of a student's distribution from a teacher's, row by row, on the exponentials of the
 * softmax.
 */
package io.github.surprisal.internal.distillation;
