package io.github.surprisal.internal.reduction;

/** One number a row, of either type; absent if both arrays are null. */
public final class Column {
  private float[] floats;
  private double[] doubles;

  /** Points at {@code floats} or {@code doubles}, one of which is null; both: absent. */
  public void set(float[] floats, double[] doubles) {
    this.floats = floats;
    this.doubles = doubles;
  }

  /** Whether there are such numbers. */
  public boolean present() {
    return floats != null || doubles != null;
  }

  /** The number of {@code row}. */
  public double get(int row) {
    return floats != null ? floats[row] : doubles[row];
  }

  /** Rounds {@code value} to the type and stores it. */
  public void put(int row, double value) {
    if (floats != null) {
      floats[row] = (float) value;
    } else {
      doubles[row] = value;
    }
  }
}
