package io.github.surprisal.reduction;

/**
 * Brings matrices of a call that are in column-major order into rows, as many rows at a time as the
 * scratch memory holds, and what was written back. What reads rows needs not know.
 */
public final class ColumnTilesF32 {
  /** Elements of a tile of one matrix, and the most columns there may be. */
  public static final int SIZE = 2048;

  private final Tile logits = new Tile();
  private final Tile probabilities = new Tile();
  private final Tile gradient = new Tile();
  private final Tile hessian = new Tile();
  private RowBatch batch;
  private int rows;

  /** Scratch memory for tiles. */
  public ColumnTilesF32() {}

  /** Whether any matrix of the call is in column-major order. */
  public static boolean needed(RowBatch batch) {
    return Tile.isOfColumns(batch.logits)
        || Tile.isOfColumns(batch.probabilities)
        || Tile.isOfColumns(batch.gradient)
        || Tile.isOfColumns(batch.hessian);
  }

  /** Begins with a call of some rows. */
  public void start(RowBatch batch) {
    this.batch = batch;
    rows = batch.rows;
    batch.rows = 0;
    logits.take(batch.logits);
    probabilities.take(batch.probabilities);
    gradient.take(batch.gradient);
    hessian.take(batch.hessian);
  }

  /** Brings the next rows into reach; false if there are none left. */
  public boolean next() {
    int first = batch.rows;
    if (first == rows) {
      return false;
    }
    int n = Math.min(rows - first, SIZE / batch.classes);
    batch.firstRow = first;
    batch.rows = first + n;
    batch.continues = batch.rows < rows;
    logits.load(batch, batch.logits);
    probabilities.load(batch, batch.probabilities);
    gradient.place(batch, batch.gradient);
    hessian.place(batch, batch.hessian);
    return true;
  }

  /** Writes back what became of these rows. */
  public void store() {
    gradient.store(batch);
    hessian.store(batch);
  }

  /** Forgets the caller's arrays. */
  public void release() {
    batch = null;
    logits.release();
    probabilities.release();
    gradient.release();
    hessian.release();
  }

  /** Rows of one matrix. */
  private static final class Tile {
    private final float[] tile = new float[SIZE];
    private float[] array;
    private int offset;
    private int rowStride;
    private int columnStride;

    static boolean isOfColumns(Rows rows) {
      return rows.present() && rows.columnStride() != 1;
    }

    /** Remembers where the matrix is, if it is in column-major order. */
    void take(Rows from) {
      array = isOfColumns(from) ? from.arrayF32 : null;
      offset = from.at(0);
      rowStride = from.stride();
      columnStride = from.columnStride();
    }

    /** Shows the tile in the place of the matrix. */
    void place(RowBatch batch, Rows rows) {
      if (array != null) {
        rows.arrayF32 = tile;
        rows.move(-batch.firstRow * batch.classes, batch.classes);
      }
    }

    void load(RowBatch batch, Rows rows) {
      if (array == null) {
        return;
      }
      place(batch, rows);
      int n = batch.rows - batch.firstRow;
      int classes = batch.classes;
      for (int j = 0; j < classes; j++) {
        int from = offset + batch.firstRow * rowStride + j * columnStride;
        for (int i = 0; i < n; i++) {
          tile[i * classes + j] = array[from + i * rowStride];
        }
      }
    }

    void store(RowBatch batch) {
      if (array == null) {
        return;
      }
      int n = batch.rows - batch.firstRow;
      int classes = batch.classes;
      for (int j = 0; j < classes; j++) {
        int to = offset + batch.firstRow * rowStride + j * columnStride;
        for (int i = 0; i < n; i++) {
          array[to + i * rowStride] = tile[i * classes + j];
        }
      }
    }

    void release() {
      array = null;
    }
  }
}
