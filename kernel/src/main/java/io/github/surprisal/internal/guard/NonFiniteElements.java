package io.github.surprisal.internal.guard;

/** How many elements are not finite, and the first of them. */
public final class NonFiniteElements {
  private long count;
  private int array;
  private int index;
  private double value;

  /** None yet. */
  public void reset() {
    count = 0;
    array = -1;
    index = -1;
    value = 0;
  }

  /** One more; elements come in order. */
  void add(int array, int index, double value) {
    if (count == 0) {
      this.array = array;
      this.index = index;
      this.value = value;
    }
    count++;
  }

  /** How many. */
  public long count() {
    return count;
  }

  /** The array of the first; -1 if there is none. */
  public int array() {
    return array;
  }

  /** Where in its array the first is; -1 if there is none. */
  public int index() {
    return index;
  }

  /** The first; 0 if there is none. */
  public double value() {
    return value;
  }
}
