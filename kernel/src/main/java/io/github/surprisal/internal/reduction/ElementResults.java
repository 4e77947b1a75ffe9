package io.github.surprisal.internal.reduction;

/** What one call of a pointwise loss writes; each is absent unless it was asked for. */
public final class ElementResults {
  public final Rows gradient = new Rows();
  public final Rows parameterGradient = new Rows();

  /** Second derivatives. */
  public final Rows hessian = new Rows();

  /** Losses. */
  public final Column losses = new Column();

  /** Divides the gradients of an element by 0. */
  void divideByZero(int i, int columns) {
    divideByZero(gradient, i / columns, i % columns);
    divideByZero(parameterGradient, i / columns, i % columns);
  }

  private static void divideByZero(Rows rows, int row, int column) {
    if (rows.present()) {
      rows.put(row, column, rows.get(row, column) / 0.0);
    }
  }

  /** Forgets the arrays. */
  void clear() {
    gradient.clear();
    parameterGradient.clear();
    hessian.clear();
    losses.set(null, null);
  }
}
