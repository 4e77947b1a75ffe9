package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Matrix;
import io.github.surprisal.Workspace;
import io.github.surprisal.internal.call.Access;
import io.github.surprisal.internal.call.CallMemory;
import io.github.surprisal.internal.call.FromRecipe;
import io.github.surprisal.internal.call.Matrices;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.LogitOptions;
import io.github.surprisal.internal.softmax.formula.SoftmaxTerms;
import java.util.Objects;

/**
 * Logarithm of the sum of exponentials of rows of logits: one number a row.
 *
 * <pre>
 *   L          = log sum of exp(x_i / T)
 *   gradient_j = u softmax(x / T)_j / T
 * </pre>
 *
 * with temperature T and upstream gradient u, one number a row. Immutable, serializable; may be
 * shared by threads.
 *
 * <p>Special cases, per row:
 *
 * <ul>
 *   <li>a logit of -infinity has no effect and gradient 0;
 *   <li>-infinity only gives -infinity, a logit of +infinity gives +infinity, NaN gives NaN; the
 *       gradient is NaN in each of these rows, and other rows are not touched;
 *   <li>finite logits up to MAX_VALUE / 4 give finite results;
 *   <li>the gradient may be the logits themselves, in place, and shares no other element with an
 *       input; a call that throws has written nothing;
 *   <li>the bits depend on the row alone.
 * </ul>
 *
 * <p>Accuracy, with n the lesser of the number of classes and 2048: L is within 4 + n/16 ulp of the
 * larger of {@code max / T} and {@code log1p(rest)}, and a gradient element within 4 + n/16 ulp or
 * u MIN_NORMAL.
 */
@SuppressWarnings({"serial", "exports"}) // a stream holds its recipe
public final class LogSumExp extends FromRecipe {
  private final SoftmaxTerms terms;

  private LogSumExp(Builder builder) {
    super(Recipe.of(builder));
    double temperature = builder.temperature;
    terms =
        new SoftmaxTerms(new LogitOptions(temperature, Double.POSITIVE_INFINITY), 1 / temperature);
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Options of the function. */
  public static final class Builder extends TemperatureBuilder<Builder, LogSumExp> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public LogSumExp build() {
      return new LogSumExp(this);
    }
  }

  /** The errors that it keeps, in either type. */
  public Bounds bounds() {
    return Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(4));
  }

  /**
   * Log-sum-exp of each row.
   *
   * @param logits rows, one after the other
   * @param results written, one a row
   * @throws IllegalArgumentException if lengths do not fit
   */
  public void forward(float[] logits, float[] results) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(results, "results");
    var scratch = RowScratch.ofThread();
    requireApart(scratch.memory, logits, null, results, null);
    var batch = start(scratch, logits.length, results.length);
    batch.given.logits.set(logits, null, 0, batch.classes);
    batch.results.losses.set(results, null);
    run(scratch, batch);
  }

  /**
   * Log-sum-exp of each row.
   *
   * @param logits rows, one after the other
   * @param results written, one a row
   * @throws IllegalArgumentException if lengths do not fit
   */
  public void forward(double[] logits, double[] results) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(results, "results");
    var scratch = RowScratch.ofThread();
    requireApart(scratch.memory, logits, null, results, null);
    var batch = start(scratch, logits.length, results.length);
    batch.given.logits.set(null, logits, 0, batch.classes);
    batch.results.losses.set(null, results);
    run(scratch, batch);
  }

  /**
   * Log-sum-exp of each row.
   *
   * @param results written, one a row
   * @throws IllegalArgumentException if there is not one result a row
   */
  public void forward(Matrix logits, double[] results) {
    forward(logits, results, Access.ROOT.ofThread());
  }

  /** Log-sum-exp of each row, in this scratch memory instead of the thread's own. */
  public void forward(Matrix logits, double[] results, Workspace workspace) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(results, "results");
    Objects.requireNonNull(workspace, "workspace");
    var scratch = RowScratch.of(workspace);
    requireLength("results", results.length, logits);
    scratch.memory.reads("logits", logits);
    scratch.memory.writes("results", results);
    scratch.memory.check();
    var batch = start(scratch, logits);
    batch.results.losses.set(null, results);
    run(scratch, batch);
  }

  /**
   * The gradient by the logits.
   *
   * @param upstream the gradient by the results, one a row
   * @param gradient written; as long as {@code logits}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public void backward(float[] logits, float[] upstream, float[] gradient) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    RowArguments.requireLength(gradient.length, logits.length);
    var scratch = RowScratch.ofThread();
    requireApart(scratch.memory, logits, upstream, null, gradient);
    var batch = start(scratch, logits.length, upstream.length);
    batch.given.logits.set(logits, null, 0, batch.classes);
    batch.given.upstreams.set(upstream, null);
    batch.results.gradient.set(gradient, null, 0, batch.classes);
    run(scratch, batch);
  }

  /**
   * The gradient by the logits.
   *
   * @param upstream the gradient by the results, one a row
   * @param gradient written; as long as {@code logits}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public void backward(double[] logits, double[] upstream, double[] gradient) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    RowArguments.requireLength(gradient.length, logits.length);
    var scratch = RowScratch.ofThread();
    requireApart(scratch.memory, logits, upstream, null, gradient);
    var batch = start(scratch, logits.length, upstream.length);
    batch.given.logits.set(null, logits, 0, batch.classes);
    batch.given.upstreams.set(null, upstream);
    batch.results.gradient.set(null, gradient, 0, batch.classes);
    run(scratch, batch);
  }

  /**
   * The gradient by the logits.
   *
   * @param upstream the gradient by the results, one a row
   * @param gradient written; of the shape and type of the logits, and either those very elements or
   *     memory apart
   * @throws IllegalArgumentException if shapes, types, lengths or memory do not fit
   */
  public void backward(Matrix logits, double[] upstream, Matrix gradient) {
    backward(logits, upstream, gradient, Access.ROOT.ofThread());
  }

  /** The gradient by the logits, in this scratch memory instead of the thread's own. */
  public void backward(Matrix logits, double[] upstream, Matrix gradient, Workspace workspace) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(workspace, "workspace");
    var scratch = RowScratch.of(workspace);
    Matrices.requireLike("gradient", gradient, "logits", logits);
    requireLength("upstream", upstream.length, logits);
    scratch.memory.readsInPlace("logits", logits, "gradient");
    scratch.memory.reads("upstream", upstream);
    scratch.memory.writes("gradient", gradient);
    scratch.memory.check();
    var batch = start(scratch, logits);
    batch.given.upstreams.set(null, upstream);
    Matrices.show(gradient, batch.results.gradient);
    run(scratch, batch);
  }

  private static RowBatch start(RowScratch scratch, int elements, int rows) {
    int classes = RowArguments.requireColumns("logits", elements, rows);
    return RowFunction.start(scratch, rows, classes);
  }

  private static RowBatch start(RowScratch scratch, Matrix logits) {
    var batch = RowFunction.start(scratch, logits.rows(), logits.columns());
    Matrices.show(logits, batch.given.logits);
    return batch;
  }

  private static void requireLength(String name, int length, Matrix logits) {
    RowArguments.requireClasses(logits.rows(), logits.columns(), null);
    if (length != logits.rows()) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected one a row, %d".formatted(name, length, logits.rows()));
    }
  }

  /** Results must lie apart from logits, and a gradient from upstream. */
  private static void requireApart(
      CallMemory memory, Object logits, Object upstream, Object results, Object gradient) {
    memory.readsInPlace("logits", logits, "gradient");
    memory.reads("upstream", upstream);
    memory.writes("results", results);
    memory.writes("gradient", gradient);
    memory.check();
  }

  private void run(RowScratch scratch, RowBatch batch) {
    try {
      RowCall.run(terms, (owner, own, rows) -> SoftmaxLoss.run(own, rows, owner), scratch, batch);
    } finally {
      batch.clear();
    }
  }
}
