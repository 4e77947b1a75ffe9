package io.github.surprisal.softmax;

/** Row scalars of a group, all rows at once. */
interface RowScalars {
  /** log1p(rest / e) and 1 / (e + rest) of the first {@code n} rows; may compute rows beyond. */
  void normalise(double[] e, double[] rest, double[] logRest, double[] inverse, int n);
}
