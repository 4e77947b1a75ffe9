package io.github.surprisal.internal.reduction;

/** What one call of a pointwise loss reads, elements in the order of their rows. */
public final class ElementInputs {
  /** Length of a row, of all that is given in rows. */
  public int columns;

  public final Rows predictions = new Rows();
  public final Rows targets = new Rows();

  /** A third number for each element, or absent. */
  public final Rows parameter = new Rows();

  /** A third number that repeats, element i having that of i modulo the length, or null. */
  public double[] parameters;

  /** Weight of each element, or absent. */
  public final Column weights = new Column();

  /** Weight of each element of a row, or absent. */
  public final Column rowWeights = new Column();

  /** Which elements count. */
  public final Mask mask = new Mask();

  /** Factor of each element's derivatives, or absent. */
  public final Column upstreams = new Column();

  /** Factor of all derivatives. */
  public double upstream;

  /** Whether elements may differ in weight. */
  boolean weighted() {
    return weights.present() || rowWeights.present() || mask.present();
  }

  /** The upstream factor of an element. */
  double upstream(int i) {
    return upstreams.present() ? upstream * upstreams.get(i) : upstream;
  }

  /** Forgets the arrays. */
  void clear() {
    predictions.clear();
    targets.clear();
    parameter.clear();
    parameters = null;
    mask.set(null, null);
    weights.set(null, null);
    rowWeights.set(null, null);
    upstreams.set(null, null);
  }
}
