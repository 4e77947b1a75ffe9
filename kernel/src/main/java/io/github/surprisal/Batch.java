package io.github.surprisal;

/**
 * What one call of a {@link RowLoss} works on: rows of logits, their targets, and whatever of row
 * weights, mask, upstream factors and further outputs is wanted.
 *
 * <p>Immutable; arrays are referenced, not copied, so a batch can be built once and used for every
 * step that refills its arrays, with no garbage.
 */
public final class Batch {
  final Matrix logits;
  final Matrix probabilities;
  final int[] labels;
  final float[] weightsF32;
  final double[] weightsF64;
  final boolean[] mask;
  final double upstream;
  final float[] upstreamsF32;
  final double[] upstreamsF64;
  final float[] lossesF32;
  final double[] lossesF64;
  final LossSum sum;
  final Workspace workspace;

  private Batch(Fields f) {
    logits = f.logits;
    probabilities = f.probabilities;
    labels = f.labels;
    weightsF32 = f.weightsF32;
    weightsF64 = f.weightsF64;
    mask = f.mask;
    upstream = f.upstream;
    upstreamsF32 = f.upstreamsF32;
    upstreamsF64 = f.upstreamsF64;
    lossesF32 = f.lossesF32;
    lossesF64 = f.lossesF64;
    sum = f.sum;
    workspace = f.workspace;
  }

  /**
   * Rows of logits, each with the label of one class.
   *
   * @throws IllegalArgumentException if there is not one label a row
   */
  public static Batch of(Matrix logits, int[] labels) {
    var fields = new Fields();
    fields.logits = logits;
    fields.labels = perRow("labels", labels.length, labels, logits);
    return new Batch(fields);
  }

  /**
   * Rows of logits, each with a probability for every class. They need not sum to 1; a negative one
   * makes its row NaN.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  public static Batch of(Matrix logits, Matrix probabilities) {
    if (probabilities.rows() != logits.rows() || probabilities.columns() != logits.columns()) {
      throw new IllegalArgumentException(
          "probabilities = " + probabilities + ", expected the shape of logits = " + logits);
    }
    requireSameType("probabilities", probabilities, logits);
    var fields = new Fields();
    fields.logits = logits;
    fields.probabilities = probabilities;
    return new Batch(fields);
  }

  /**
   * Labels beside probability targets: a row labelled with the ignored index is masked, and the
   * labels' own negative log-likelihood goes to the {@link LossSum}.
   */
  public Batch labels(int[] labels) {
    var fields = new Fields(this);
    fields.labels = perRow("labels", labels.length, labels, logits);
    return new Batch(fields);
  }

  /** A weight for each row; 0 masks the row, a negative one makes it NaN. */
  public Batch rowWeights(float[] weights) {
    var fields = new Fields(this);
    fields.weightsF32 = perRow("rowWeights", weights.length, weights, logits);
    fields.weightsF64 = null;
    return new Batch(fields);
  }

  /** A weight for each row; 0 masks the row, a negative one makes it NaN. */
  public Batch rowWeights(double[] weights) {
    var fields = new Fields(this);
    fields.weightsF64 = perRow("rowWeights", weights.length, weights, logits);
    fields.weightsF32 = null;
    return new Batch(fields);
  }

  /** True for each row that counts. Nothing of another row is read. */
  public Batch rowMask(boolean[] kept) {
    var fields = new Fields(this);
    fields.mask = perRow("rowMask", kept.length, kept, logits);
    return new Batch(fields);
  }

  /** The derivative of the objective by the loss: a factor of the whole gradient; default 1. */
  public Batch upstream(double factor) {
    var fields = new Fields(this);
    fields.upstream = factor;
    return new Batch(fields);
  }

  /** A factor for each row's gradient, under {@link Reduction#NONE}. */
  public Batch upstream(float[] factors) {
    var fields = new Fields(this);
    fields.upstreamsF32 = perRow("upstream", factors.length, factors, logits);
    fields.upstreamsF64 = null;
    return new Batch(fields);
  }

  /** A factor for each row's gradient, under {@link Reduction#NONE}. */
  public Batch upstream(double[] factors) {
    var fields = new Fields(this);
    fields.upstreamsF64 = perRow("upstream", factors.length, factors, logits);
    fields.upstreamsF32 = null;
    return new Batch(fields);
  }

  /** Where the weighted loss of each row goes; 0 for a masked one. Not divided by anything. */
  public Batch losses(float[] losses) {
    var fields = new Fields(this);
    fields.lossesF32 = perRow("losses", losses.length, losses, logits);
    fields.lossesF64 = null;
    return new Batch(fields);
  }

  /** Where the weighted loss of each row goes; 0 for a masked one. Not divided by anything. */
  public Batch losses(double[] losses) {
    var fields = new Fields(this);
    fields.lossesF64 = perRow("losses", losses.length, losses, logits);
    fields.lossesF32 = null;
    return new Batch(fields);
  }

  /** What the call's totals are added to. */
  public Batch sum(LossSum sum) {
    var fields = new Fields(this);
    fields.sum = sum;
    return new Batch(fields);
  }

  /** The scratch memory to use instead of the thread's own. */
  public Batch workspace(Workspace workspace) {
    var fields = new Fields(this);
    fields.workspace = workspace;
    return new Batch(fields);
  }

  static void requireSameType(String name, Matrix matrix, Matrix logits) {
    if ((matrix.floats() == null) != (logits.floats() == null)) {
      throw new IllegalArgumentException(
          name + " = " + matrix + ", expected the element type of logits = " + logits);
    }
  }

  private static <A> A perRow(String name, int length, A array, Matrix logits) {
    if (length != logits.rows()) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected one a row, %d".formatted(name, length, logits.rows()));
    }
    return array;
  }

  /** The same fields, while a batch is being made. */
  private static final class Fields {
    Matrix logits;
    Matrix probabilities;
    int[] labels;
    float[] weightsF32;
    double[] weightsF64;
    boolean[] mask;
    double upstream = 1;
    float[] upstreamsF32;
    double[] upstreamsF64;
    float[] lossesF32;
    double[] lossesF64;
    LossSum sum;
    Workspace workspace;

    Fields() {}

    Fields(Batch b) {
      logits = b.logits;
      probabilities = b.probabilities;
      labels = b.labels;
      weightsF32 = b.weightsF32;
      weightsF64 = b.weightsF64;
      mask = b.mask;
      upstream = b.upstream;
      upstreamsF32 = b.upstreamsF32;
      upstreamsF64 = b.upstreamsF64;
      lossesF32 = b.lossesF32;
      lossesF64 = b.lossesF64;
      sum = b.sum;
      workspace = b.workspace;
    }
  }
}
