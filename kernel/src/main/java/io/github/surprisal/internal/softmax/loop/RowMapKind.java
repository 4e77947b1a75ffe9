package io.github.surprisal.internal.softmax.loop;

/** The constants of a copy of {@link RowMapF32}: what becomes of elements x and y of a row. */
public enum RowMapKind {
  /** {@code a (x - b) - c}. */
  LOG_PROBABILITIES,

  /** {@code a x (y - b)}. */
  BACKWARD,

  /** {@code a x + b}, times y: target masses of class weights y. */
  TARGETS
}
