package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/** The logarithm and the inverse of the sums of exponentials of a group. */
public interface LogRest {
  /** Fills in inverse and logRest of so many rows, from maxExp and rest. */
  void run(int rows, SoftmaxScalars s);
}
