package io.github.surprisal.softmax;

/** Row scalars of cross-entropy of labels without any option, the most common case. */
interface PlainLabels {
  /** Loss and gradient scalars of all rows, whose gradients have the same factor. */
  void finish(RowGroup group, double unit, double scale);
}
