package io.github.surprisal.internal.softmax.loop;

/** How rows are cut and grouped. */
public final class Sizes {
  /** Elements of a block, the unit of sums: 8 KB of float32, a quarter of the first-level cache. */
  public static final int BLOCK = 2048;

  /** Lanes of a sum: element i of a block belongs to lane i mod 16. */
  public static final int LANES = 16;

  /** Most elements of a block: the last one of a row takes in what would be too few for lanes. */
  public static final int MOST = BLOCK + LANES;

  /** Most rows of a group; a multiple of the 16 lanes. */
  public static final int ROWS = 256;

  /** Elements of a group of rows: 128 KB of float32, within the second-level cache. */
  public static final int GROUP = 1 << 15;

  /** Elements of a group in scratch memory. */
  public static final int ROOM = 1 << 13;

  private Sizes() {}

  /** Length of the block that begins with class c, of so many. */
  public static int block(int c, int classes) {
    return classes - c < MOST ? classes - c : BLOCK;
  }

  /** Whether a row is a single block. */
  public static boolean isOneBlock(int classes) {
    return classes < MOST;
  }

  /** The next multiple of 16. */
  public static int padded(int n) {
    return (n + LANES - 1) & -LANES;
  }
}
