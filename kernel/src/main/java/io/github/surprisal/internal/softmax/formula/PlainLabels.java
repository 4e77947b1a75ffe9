package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/** Row scalars of cross-entropy of labels without any option, the most common case. */
interface PlainLabels {
  /** Loss and gradient scalars of all rows, whose gradients have the same factor. */
  void finish(int rows, SoftmaxScalars s, GradientScalars out, double unit, double scale);
}
