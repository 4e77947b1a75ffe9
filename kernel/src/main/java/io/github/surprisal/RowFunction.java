package io.github.surprisal;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;
import java.util.Objects;

/**
 * A function from rows to rows of the same length, [rows, classes], and its vector-Jacobian
 * product: from the upstream gradient, which is that of some objective by the function's results,
 * to the gradient by its inputs. Implementations are immutable, may be shared by threads, and are
 * serializable.
 *
 * <p>{@code backward} takes what {@code forward} gave, or what it was given: see each function.
 *
 * <p>The rules that all keep:
 *
 * <ul>
 *   <li>NaN reaches the results of its own row, and no others;
 *   <li>results may replace what they are computed from, in place: {@code forward} its input, and
 *       {@code backward} either of its inputs; they share no other element with an input, though
 *       all may lie in one array;
 *   <li>matrices may be in any order, each for itself: {@linkplain Matrix#columnMajor
 *       column-major}, {@linkplain Matrix#channelsFirst images}, strided; results have the same
 *       bits;
 *   <li>a call that throws has written nothing;
 *   <li>the bits of a row's results depend on that row alone: not on the vector width, on the other
 *       rows, nor on whether there are vectors at all.
 * </ul>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public abstract sealed class RowFunction extends FromRecipe
    permits Softmax, LogSoftmax, LogCumSumExp, Sparsemax {
  RowFunction() {}

  @Override
  Recipe recipe() {
    return Recipe.of(this, null);
  }

  /** The errors that it keeps, in either type. */
  public abstract Bounds bounds();

  /**
   * The function of each row.
   *
   * @param x rows of {@code classes} elements, one after the other
   * @param y written; as long as {@code x}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public final void forward(float[] x, int classes, float[] y) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    int rows = RowArguments.requireRows("x", x.length, classes);
    RowArguments.requireLength("y", y.length, "x", x.length);
    var workspace = Workspace.ofThread();
    var batch = start(workspace, rows, classes);
    batch.logits.set(x, null, 0, classes);
    output(batch).set(y, null, 0, classes);
    evaluate(workspace, batch);
  }

  /**
   * The function of each row.
   *
   * @param x rows of {@code classes} elements, one after the other
   * @param y written; as long as {@code x}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public final void forward(double[] x, int classes, double[] y) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    int rows = RowArguments.requireRows("x", x.length, classes);
    RowArguments.requireLength("y", y.length, "x", x.length);
    var workspace = Workspace.ofThread();
    var batch = start(workspace, rows, classes);
    batch.logits.set(null, x, 0, classes);
    output(batch).set(null, y, 0, classes);
    evaluate(workspace, batch);
  }

  /**
   * The function of each row.
   *
   * @param y written; of the shape and type of {@code x}, and either those very elements or memory
   *     apart
   * @throws IllegalArgumentException if shapes, types or memory do not fit
   */
  public final void forward(Matrix x, Matrix y) {
    forward(x, y, Workspace.ofThread());
  }

  /** The same with the scratch memory to use instead of the thread's own. */
  public final void forward(Matrix x, Matrix y, Workspace workspace) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    Objects.requireNonNull(workspace, "workspace");
    y.requireLike("y", "x", x);
    workspace.memory.readsInPlace("x", x, "y");
    workspace.memory.writes("y", y);
    workspace.memory.check();
    RowArguments.requireClasses(x.rows(), x.columns(), null);
    var batch = start(workspace, x.rows(), x.columns());
    RowCall.set(batch.logits, x);
    y.show(output(batch));
    evaluate(workspace, batch);
  }

  /**
   * The gradient by the inputs.
   *
   * @param saved the outputs or the inputs of {@code forward}, as the function says
   * @param upstream the gradient by the outputs
   * @param gradient written; as long as the others, or one of those very arrays
   * @throws IllegalArgumentException if lengths do not fit
   */
  public final void backward(float[] saved, float[] upstream, int classes, float[] gradient) {
    Objects.requireNonNull(saved, "saved");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    int rows = requireLengths(saved.length, upstream.length, classes, gradient.length);
    var workspace = Workspace.ofThread();
    var batch = start(workspace, rows, classes);
    batch.logits.set(saved, null, 0, classes);
    batch.probabilities.set(upstream, null, 0, classes);
    batch.gradient.set(gradient, null, 0, classes);
    differentiate(workspace, batch);
  }

  /**
   * The gradient by the inputs.
   *
   * @param saved the outputs or the inputs of {@code forward}, as the function says
   * @param upstream the gradient by the outputs
   * @param gradient written; as long as the others, or one of those very arrays
   * @throws IllegalArgumentException if lengths do not fit
   */
  public final void backward(double[] saved, double[] upstream, int classes, double[] gradient) {
    Objects.requireNonNull(saved, "saved");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    int rows = requireLengths(saved.length, upstream.length, classes, gradient.length);
    var workspace = Workspace.ofThread();
    var batch = start(workspace, rows, classes);
    batch.logits.set(null, saved, 0, classes);
    batch.probabilities.set(null, upstream, 0, classes);
    batch.gradient.set(null, gradient, 0, classes);
    differentiate(workspace, batch);
  }

  /**
   * The gradient by the inputs.
   *
   * @param saved the outputs or the inputs of {@code forward}, as the function says
   * @param upstream the gradient by the outputs
   * @param gradient written; of the shape and type of the others, and either the very elements of
   *     one of them or memory apart
   * @throws IllegalArgumentException if shapes, types or memory do not fit
   */
  public final void backward(Matrix saved, Matrix upstream, Matrix gradient) {
    backward(saved, upstream, gradient, Workspace.ofThread());
  }

  /** The same with the scratch memory to use instead of the thread's own. */
  public final void backward(Matrix saved, Matrix upstream, Matrix gradient, Workspace workspace) {
    Objects.requireNonNull(saved, "saved");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(workspace, "workspace");
    upstream.requireLike("upstream", "saved", saved);
    gradient.requireLike("gradient", "saved", saved);
    workspace.memory.readsInPlace("saved", saved, "gradient");
    workspace.memory.readsInPlace("upstream", upstream, "gradient");
    workspace.memory.writes("gradient", gradient);
    workspace.memory.check();
    RowArguments.requireClasses(saved.rows(), saved.columns(), null);
    var batch = start(workspace, saved.rows(), saved.columns());
    RowCall.set(batch.logits, saved);
    RowCall.set(batch.probabilities, upstream);
    RowCall.set(batch.gradient, gradient);
    differentiate(workspace, batch);
  }

  private static int requireLengths(int saved, int upstream, int classes, int gradient) {
    int rows = RowArguments.requireRows("saved", saved, classes);
    RowArguments.requireLength("upstream", upstream, "saved", saved);
    RowArguments.requireLength("gradient", gradient, "saved", saved);
    return rows;
  }

  /** A batch of rows that all count, without targets. */
  static RowBatch start(Workspace workspace, int rows, int classes) {
    var batch = workspace.batch;
    batch.rows = rows;
    batch.classes = classes;
    batch.upstream = 1;
    batch.divideBy(1, false);
    return batch;
  }

  private void evaluate(Workspace workspace, RowBatch batch) {
    try {
      RowCall.run(this, RowFunction::forward, workspace, batch);
    } finally {
      batch.clear();
    }
  }

  private void differentiate(Workspace workspace, RowBatch batch) {
    try {
      RowCall.run(this, RowFunction::backward, workspace, batch);
    } finally {
      batch.clear();
    }
  }

  /** Where the kernel expects the results to go. */
  Rows output(RowBatch batch) {
    return batch.gradient;
  }

  /** From the logits of the batch to its output. */
  abstract void forward(Workspace workspace, RowBatch batch);

  /** From what was saved, as logits, and upstream, as probabilities, to the gradient. */
  abstract void backward(Workspace workspace, RowBatch batch);
}
