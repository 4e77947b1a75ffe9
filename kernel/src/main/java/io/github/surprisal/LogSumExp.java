package io.github.surprisal;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.softmax.formula.LogitOptions;
import io.github.surprisal.softmax.formula.SoftmaxTerms;
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
@SuppressWarnings("serial") // a stream holds its recipe
public final class LogSumExp extends FromRecipe {
  private final double temperature;
  private final SoftmaxTerms terms;

  private LogSumExp(double temperature) {
    this.temperature = temperature;
    terms =
        new SoftmaxTerms(new LogitOptions(temperature, Double.POSITIVE_INFINITY), 1 / temperature);
  }

  /** Log-sum-exp of the logits as they are. */
  public static LogSumExp create() {
    return new LogSumExp(1);
  }

  /**
   * The same of the logits divided by {@code temperature}.
   *
   * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
   */
  public LogSumExp temperature(double temperature) {
    Options.requireTemperature("temperature", temperature);
    return new LogSumExp(temperature);
  }

  @Override
  Recipe recipe() {
    return Recipe.of(this, temperature);
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
    var workspace = Workspace.ofThread();
    requireApart(workspace.memory, logits, null, results, null);
    var batch = start(workspace, logits.length, results.length);
    batch.logits.set(logits, null, 0, batch.classes);
    batch.losses.set(results, null);
    run(workspace, batch);
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
    var workspace = Workspace.ofThread();
    requireApart(workspace.memory, logits, null, results, null);
    var batch = start(workspace, logits.length, results.length);
    batch.logits.set(null, logits, 0, batch.classes);
    batch.losses.set(null, results);
    run(workspace, batch);
  }

  /**
   * Log-sum-exp of each row.
   *
   * @param results written, one a row
   * @throws IllegalArgumentException if there is not one result a row
   */
  public void forward(Matrix logits, double[] results) {
    forward(logits, results, Workspace.ofThread());
  }

  /** The same with the scratch memory to use instead of the thread's own. */
  public void forward(Matrix logits, double[] results, Workspace workspace) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(results, "results");
    Objects.requireNonNull(workspace, "workspace");
    requireLength("results", results.length, logits);
    workspace.memory.reads("logits", logits);
    workspace.memory.writes("results", results);
    workspace.memory.check();
    var batch = start(workspace, logits);
    batch.losses.set(null, results);
    run(workspace, batch);
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
    var workspace = Workspace.ofThread();
    requireApart(workspace.memory, logits, upstream, null, gradient);
    var batch = start(workspace, logits.length, upstream.length);
    batch.logits.set(logits, null, 0, batch.classes);
    batch.upstreams.set(upstream, null);
    batch.gradient.set(gradient, null, 0, batch.classes);
    run(workspace, batch);
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
    var workspace = Workspace.ofThread();
    requireApart(workspace.memory, logits, upstream, null, gradient);
    var batch = start(workspace, logits.length, upstream.length);
    batch.logits.set(null, logits, 0, batch.classes);
    batch.upstreams.set(null, upstream);
    batch.gradient.set(null, gradient, 0, batch.classes);
    run(workspace, batch);
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
    backward(logits, upstream, gradient, Workspace.ofThread());
  }

  /** The same with the scratch memory to use instead of the thread's own. */
  public void backward(Matrix logits, double[] upstream, Matrix gradient, Workspace workspace) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(upstream, "upstream");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(workspace, "workspace");
    gradient.requireLike("gradient", "logits", logits);
    requireLength("upstream", upstream.length, logits);
    workspace.memory.readsInPlace("logits", logits, "gradient");
    workspace.memory.reads("upstream", upstream);
    workspace.memory.writes("gradient", gradient);
    workspace.memory.check();
    var batch = start(workspace, logits);
    batch.upstreams.set(null, upstream);
    RowCall.set(batch.gradient, gradient);
    run(workspace, batch);
  }

  private static RowBatch start(Workspace workspace, int elements, int rows) {
    int classes = RowArguments.requireColumns("logits", elements, rows);
    return RowFunction.start(workspace, rows, classes);
  }

  private static RowBatch start(Workspace workspace, Matrix logits) {
    var batch = RowFunction.start(workspace, logits.rows(), logits.columns());
    logits.show(batch.logits);
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

  private void run(Workspace workspace, RowBatch batch) {
    try {
      RowCall.run(terms, LogSumExp::evaluate, workspace, batch);
    } finally {
      batch.clear();
    }
  }

  private static void evaluate(SoftmaxTerms terms, Workspace workspace, RowBatch batch) {
    SoftmaxLoss.run(workspace, batch, terms);
  }
}
