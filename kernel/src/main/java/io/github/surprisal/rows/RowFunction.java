package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Matrix;
import io.github.surprisal.Workspace;
import io.github.surprisal.internal.call.Access;
import io.github.surprisal.internal.call.FromRecipe;
import io.github.surprisal.internal.call.Matrices;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.Rows;
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
@SuppressWarnings({"serial", "exports"}) // a stream holds its recipe
public abstract sealed class RowFunction extends FromRecipe
    permits Softmax, LogSoftmax, LogCumSumExp, Sparsemax {
  RowFunction(Recipe recipe) {
    super(recipe);
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
    var scratch = RowScratch.ofThread();
    var batch = start(scratch, rows, classes);
    batch.given.logits.set(x, null, 0, classes);
    output(batch).set(y, null, 0, classes);
    evaluate(scratch, batch);
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
    var scratch = RowScratch.ofThread();
    var batch = start(scratch, rows, classes);
    batch.given.logits.set(null, x, 0, classes);
    output(batch).set(null, y, 0, classes);
    evaluate(scratch, batch);
  }

  /**
   * The function of each row.
   *
   * @param y written; of the shape and type of {@code x}, and either those very elements or memory
   *     apart
   * @throws IllegalArgumentException if shapes, types or memory do not fit
   */
  public final void forward(Matrix x, Matrix y) {
    forward(x, y, Access.ROOT.ofThread());
  }

  /** The function of each row, in this scratch memory instead of the thread's own. */
  public final void forward(Matrix x, Matrix y, Workspace workspace) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    Objects.requireNonNull(workspace, "workspace");
    var scratch = RowScratch.of(workspace);
    Matrices.requireLike("y", y, "x", x);
    scratch.memory.readsInPlace("x", x, "y");
    scratch.memory.writes("y", y);
    scratch.memory.check();
    RowArguments.requireClasses(x.rows(), x.columns(), null);
    var batch = start(scratch, x.rows(), x.columns());
    Matrices.show(x, batch.given.logits);
    Matrices.show(y, output(batch));
    evaluate(scratch, batch);
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
    var scratch = RowScratch.ofThread();
    var batch = start(scratch, rows, classes);
    batch.given.logits.set(saved, null, 0, classes);
    batch.given.probabilities.set(upstream, null, 0, classes);
    batch.results.gradient.set(gradient, null, 0, classes);
    differentiate(scratch, batch);
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
    var scratch = RowScratch.ofThread();
    var batch = start(scratch, rows, classes);
    batch.given.logits.set(null, saved, 0, classes);
    batch.given.probabilities.set(null, upstream, 0, classes);
    batch.results.gradient.set(null, gradient, 0, classes);
    differentiate(scratch, batch);
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
    backward(saved, upstream, gradient, Access.ROOT.ofThread());
  }

  /** The gradient by the inputs, in this scratch memory instead of the thread's own. */
  public final void backward(Matrix saved, Matrix upstream, Matrix gradient, Workspace workspace) {
    Objects.requireNonNull(saved, "saved");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(workspace, "workspace");
    var scratch = RowScratch.of(workspace);
    Matrices.requireLike("upstream", upstream, "saved", saved);
    Matrices.requireLike("gradient", gradient, "saved", saved);
    scratch.memory.readsInPlace("saved", saved, "gradient");
    scratch.memory.readsInPlace("upstream", upstream, "gradient");
    scratch.memory.writes("gradient", gradient);
    scratch.memory.check();
    RowArguments.requireClasses(saved.rows(), saved.columns(), null);
    var batch = start(scratch, saved.rows(), saved.columns());
    Matrices.show(saved, batch.given.logits);
    Matrices.show(upstream, batch.given.probabilities);
    Matrices.show(gradient, batch.results.gradient);
    differentiate(scratch, batch);
  }

  private static int requireLengths(int saved, int upstream, int classes, int gradient) {
    int rows = RowArguments.requireRows("saved", saved, classes);
    RowArguments.requireLength("upstream", upstream, "saved", saved);
    RowArguments.requireLength("gradient", gradient, "saved", saved);
    return rows;
  }

  /** A batch of rows that all count, without targets. */
  static RowBatch start(RowScratch scratch, int rows, int classes) {
    var batch = scratch.batch;
    batch.rows = rows;
    batch.classes = classes;
    batch.given.upstream = 1;
    batch.divideBy(1, false);
    return batch;
  }

  private void evaluate(RowScratch scratch, RowBatch batch) {
    try {
      RowCall.run(this, RowFunction::forward, scratch, batch);
    } finally {
      batch.clear();
    }
  }

  private void differentiate(RowScratch scratch, RowBatch batch) {
    try {
      RowCall.run(this, RowFunction::backward, scratch, batch);
    } finally {
      batch.clear();
    }
  }

  /** Where the kernel expects the results to go. */
  Rows output(RowBatch batch) {
    return batch.results.gradient;
  }

  /** From the logits of the batch to its output. */
  abstract void forward(RowScratch scratch, RowBatch batch);

  /** From what was saved, as logits, and upstream, as probabilities, to the gradient. */
  abstract void backward(RowScratch scratch, RowBatch batch);
}
