package io.github.surprisal.internal.reduction;

/** What one call of a loss of rows writes; each is absent unless it was asked for. */
public final class RowResults {
  public final Rows gradient = new Rows();

  /** Log-probabilities, of a function that gives those instead. */
  public final Rows logProbabilities = new Rows();

  /** Second derivatives. */
  public final Rows hessian = new Rows();

  /** Factor and least value of the second derivatives. */
  public double hessianFactor;

  public double hessianFloor;

  /** Row losses. */
  public final Column losses = new Column();

  /** Whether any of the following is asked for. */
  public boolean statistics;

  /** Log-sum-exp of each row. */
  public final Column logSumExps = new Column();

  /** Entropy of each row's probabilities. */
  public final Column entropies = new Column();

  /** Probability of each row's label. */
  public final Column labelProbabilities = new Column();

  /** Whether each row's label has the largest logit, or null. */
  public boolean[] correct;

  /** The row is masked: what is written of it is +0. */
  void skip(int row, int classes) {
    skip(losses, row);
    skip(logSumExps, row);
    skip(entropies, row);
    skip(labelProbabilities, row);
    if (correct != null) {
      correct[row] = false;
    }
    if (gradient.present()) {
      gradient.fill(row, classes, 0);
    }
    if (hessian.present()) {
      hessian.fill(row, classes, 0);
    }
  }

  private static void skip(Column column, int row) {
    if (column.present()) {
      column.put(row, 0);
    }
  }

  /** Forgets the arrays. */
  void clear() {
    gradient.clear();
    logProbabilities.clear();
    hessian.clear();
    losses.set(null, null);
    statistics = false;
    logSumExps.set(null, null);
    entropies.set(null, null);
    labelProbabilities.set(null, null);
    correct = null;
  }
}
