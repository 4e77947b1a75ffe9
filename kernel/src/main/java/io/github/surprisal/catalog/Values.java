package io.github.surprisal.catalog;

/** What kind of number predictions or targets are. */
public enum Values {
  /** Any number. */
  REAL,
  /** A logit: any number, of which a probability is the sigmoid or softmax. */
  LOGIT,
  /** A probability, from 0 to 1. */
  PROBABILITY,
  /** The logarithm of a probability, at most 0. */
  LOG_PROBABILITY,
  /** 0 or 1. */
  BINARY,
  /** -1 or 1. */
  SIGN,
  /** At least 0, such as a count. */
  NON_NEGATIVE,
  /** More than 0. */
  POSITIVE,
  /** More than -1. */
  ABOVE_MINUS_ONE,
  /** One class a row, from 0 on. */
  CLASS,
  /** The logits of a teacher, or the probabilities of its most likely classes. */
  TEACHER;

  /** Whether it is such a number. */
  public boolean contains(double x) {
    return switch (this) {
      case REAL, LOGIT, TEACHER -> true;
      case PROBABILITY -> x >= 0 && x <= 1;
      case LOG_PROBABILITY -> x <= 0;
      case BINARY -> x == 0 || x == 1;
      case SIGN -> Math.abs(x) == 1;
      case NON_NEGATIVE -> x >= 0;
      case POSITIVE -> x > 0;
      case ABOVE_MINUS_ONE -> x > -1;
      case CLASS -> x >= 0 && x == Math.rint(x);
    };
  }
}
