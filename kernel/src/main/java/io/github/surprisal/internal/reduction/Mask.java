package io.github.surprisal.internal.reduction;

/** Which rows or elements count: a boolean or a bit for each; all, if both arrays are null. */
public final class Mask {
  private boolean[] booleans;
  private long[] bits;

  /** One of the arrays is null; both: everything counts. */
  public void set(boolean[] booleans, long[] bits) {
    this.booleans = booleans;
    this.bits = bits;
  }

  /** Whether there is a mask. */
  public boolean present() {
    return booleans != null || bits != null;
  }

  /** Whether this one counts. */
  public boolean keeps(int i) {
    if (booleans != null) {
      return booleans[i];
    }
    return bits == null || (bits[i >> 6] >>> i & 1) != 0;
  }
}
