package io.github.surprisal.bench.peer;

import io.github.surprisal.Matrix;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.RowLoss;

/** This library, in one of the two types that it computes in. */
abstract sealed class Kernel implements Peer permits Surprisal, SurprisalFloat64 {

  /** A matrix of these numbers in the type of this kernel. */
  abstract Matrix matrix(float[] values, int rows, int columns);

  /** Copies the elements of such a matrix. */
  abstract void read(Matrix matrix, float[] into);

  @Override
  public final boolean has(String loss) {
    return MeasuredLosses.ALL.stream().anyMatch(measured -> measured.name().equals(loss));
  }

  @Override
  public final boolean usesArrays() {
    return true;
  }

  @Override
  public final PreparedLoss prepare(Workload w, int threads) {
    var measured = MeasuredLosses.named(w.loss());
    return measured.isOfRows() ? new Rows(this, measured, w) : new Pointwise(this, measured, w);
  }

  /** A loss of rows of classes. */
  private static final class Rows implements PreparedLoss {
    private final Kernel kernel;
    private final RowLoss loss;
    private final Batch batch;
    private final Matrix gradient;

    Rows(Kernel kernel, MeasuredLoss measured, Workload w) {
      this.kernel = kernel;
      loss = measured.rows().apply(w.columns());
      var logits = kernel.matrix(w.predictions(), w.rows(), w.columns());
      batch =
          w.targets() == null
              ? Batch.of(logits, w.labels())
              : Batch.of(logits).teacher(kernel.matrix(w.targets(), w.rows(), w.columns()));
      gradient = kernel.matrix(new float[w.elements()], w.rows(), w.columns());
    }

    @Override
    public double loss() {
      return loss.loss(batch);
    }

    @Override
    public double lossAndGradient() {
      return loss.lossAndGradient(batch, gradient);
    }

    @Override
    public void readGradient(float[] into) {
      kernel.read(gradient, into);
    }
  }

  /** A loss of elements. */
  private static final class Pointwise implements PreparedLoss {
    private final Kernel kernel;
    private final PointwiseLoss loss;
    private final Elements batch;
    private final Matrix gradient;

    Pointwise(Kernel kernel, MeasuredLoss measured, Workload w) {
      this.kernel = kernel;
      loss = measured.pointwise();
      var elements = Elements.of(row(w.predictions()), row(w.targets()));
      batch = w.parameter() == null ? elements : elements.parameter(row(w.parameter()));
      gradient = row(new float[w.elements()]);
    }

    private Matrix row(float[] values) {
      return kernel.matrix(values, 1, values.length);
    }

    @Override
    public double loss() {
      return loss.loss(batch);
    }

    @Override
    public double lossAndGradient() {
      return loss.lossAndGradient(batch, gradient);
    }

    @Override
    public void readGradient(float[] into) {
      kernel.read(gradient, into);
    }
  }
}
