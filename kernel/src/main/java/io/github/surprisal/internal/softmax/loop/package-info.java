/**
 * The loops of a softmax over rows. Each takes operands, a small object of arrays and numbers that
 * belongs to that loop alone, and leaves numbers in it.
 */
package io.github.surprisal.internal.softmax.loop;
