package io.github.surprisal.internal.reduction;

/**
 * Brings matrices of a call whose rows do not lie element by element in memory into such rows, as
 * many at a time as the scratch memory holds, and what was written back. What reads rows needs not
 * know.
 */
public final class ColumnTilesF32 {
  /** Elements of a tile of one matrix; a row of more grows it to that row. */
  public static final int SIZE = 2048;

  private final Tile logits = new Tile();
  private final Tile probabilities = new Tile();
  private final Tile gradient = new Tile();

  /** Of a teacher, log-probabilities or second derivatives: no call has two of them. */
  private final Tile further = new Tile();

  private final Tile[] tiles = {logits, probabilities, gradient, further};

  private RowBatch batch;
  private int rows;

  /** Scratch memory for tiles. */
  public ColumnTilesF32() {}

  /** Whether any matrix of the call has to be brought into rows. */
  public static boolean needed(RowBatch batch) {
    return Tile.isNeeded(batch.logits)
        || Tile.isNeeded(batch.probabilities)
        || Tile.isNeeded(batch.teacher)
        || Tile.isNeeded(batch.logProbabilities)
        || Tile.isNeeded(batch.gradient)
        || Tile.isNeeded(batch.hessian);
  }

  /** Begins with a call of some rows. */
  public void start(RowBatch batch) {
    this.batch = batch;
    rows = batch.rows;
    batch.rows = 0;
    int classes = batch.classes;
    boolean whole = batch.teacherIndices == null;
    logits.take(batch.logits, classes, true, false);
    probabilities.take(batch.probabilities, classes, true, false);
    gradient.take(batch.gradient, classes, false, true);
    further.take(batch.teacher, whole ? classes : batch.teacherWidth, true, false);
    further.take(batch.logProbabilities, classes, false, true);
    further.take(batch.hessian, classes, false, true);
  }

  /** Brings the next rows into reach; false if there are none left. */
  public boolean next() {
    int first = batch.rows;
    if (first == rows) {
      return false;
    }
    int n = rows - first;
    for (Tile tile : tiles) {
      n = tile.most(first, n);
    }
    batch.firstRow = first;
    batch.rows = first + n;
    batch.continues = batch.rows < rows;
    for (Tile tile : tiles) {
      tile.load(first, n);
    }
    return true;
  }

  /** Writes back what became of these rows. */
  public void store() {
    for (Tile tile : tiles) {
      tile.store(batch.firstRow, batch.rows - batch.firstRow);
    }
  }

  /** Forgets the caller's arrays. */
  public void release() {
    batch = null;
    for (Tile tile : tiles) {
      tile.release();
    }
  }

  /** Rows of one matrix. */
  private static final class Tile {
    private float[] tile = new float[SIZE];

    /** Where the matrix is, if its rows are not together. */
    private final Rows matrix = new Rows();

    /** What shows the tile in its place. */
    private Rows shown;

    private int columns;
    private boolean reads;
    private boolean writes;

    static boolean isNeeded(Rows rows) {
      return rows.present() && !rows.byRows();
    }

    void take(Rows from, int columns, boolean reads, boolean writes) {
      if (!isNeeded(from)) {
        return;
      }
      matrix.set(from);
      shown = from;
      this.columns = columns;
      this.reads = reads;
      this.writes = writes;
      if (tile.length < columns) {
        tile = new float[columns];
      }
    }

    /** How many rows it takes of {@code n} from {@code first} on. */
    int most(int first, int n) {
      return shown == null
          ? n
          : Math.min(
              matrix.evenRows(first, first + n), Math.clamp(SIZE / Math.max(columns, 1), 1, n));
    }

    /** Shows the tile, with these rows if they are to be read. */
    void load(int first, int n) {
      if (shown == null) {
        return;
      }
      shown.arrayF32 = tile;
      shown.move(-first * columns, columns);
      int at = matrix.at(first);
      for (int j = 0; reads && j < columns; j++) {
        int from = at + j * matrix.columnStride();
        for (int i = 0; i < n; i++) {
          tile[i * columns + j] = matrix.arrayF32[from + i * matrix.stride()];
        }
      }
    }

    void store(int first, int n) {
      if (shown == null || !writes) {
        return;
      }
      int at = matrix.at(first);
      for (int j = 0; j < columns; j++) {
        int to = at + j * matrix.columnStride();
        for (int i = 0; i < n; i++) {
          matrix.arrayF32[to + i * matrix.stride()] = tile[i * columns + j];
        }
      }
    }

    void release() {
      matrix.clear();
      shown = null;
    }
  }
}
