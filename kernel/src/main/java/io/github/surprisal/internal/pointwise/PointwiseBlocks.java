package io.github.surprisal.internal.pointwise;

import io.github.surprisal.internal.reduction.ElementBatch;
import io.github.surprisal.internal.reduction.Indices;
import io.github.surprisal.internal.reduction.Rows;

/** Takes the elements of a call through a pointwise loss, block after block. */
public final class PointwiseBlocks {
  /** The gradient comes last, since it may replace the predictions. */
  private static final Step[] DERIVATIVES = {Step.CURVATURE, Step.PARAMETER_SLOPE, Step.SLOPE};

  private PointwiseF32 float32;
  private PointwiseF64 float64;

  /** Without scratch memory yet. */
  public PointwiseBlocks() {}

  /** Losses, their totals and derivatives of a batch of floats; {@code wide} may be null. */
  public void run(ElementBatch batch, LoopsF32 loops, LoopsF64 wide) {
    float32 = float32 == null ? new PointwiseF32() : float32;
    for (int from = 0;
        from < batch.length;
        from = Indices.next(from, BlockF32.LENGTH, batch.length)) {
      int n = Math.min(BlockF32.LENGTH, batch.length - from);
      double sum = float32.values(batch, loops, from, n);
      // What overflows in float32 may be well in the range of the result.
      boolean overflows = !Double.isFinite(sum) && wide != null;
      batch.add(overflows ? inFloat64(batch, wide, from, n) : sum);
      for (int i = 0; batch.results.losses.present() && i < n; i++) {
        float v = float32.values[i];
        batch.results.losses.put(
            from + i, batch.weighted(overflows && !Float.isFinite(v) ? float64.values[i] : v, i));
      }
      // A derivative alone may overflow too.
      boolean aside =
          wide != null && !overflows && loops.derivativesOverflowFirst() && batch.shrinks();
      if (aside && !stage(batch, loops, n)) {
        inFloat64(batch, wide, from, n);
        overflows = true;
      }
      for (Step step : DERIVATIVES) {
        Rows to = output(batch, step);
        if (to.present()) {
          double[] exact = overflows ? float64.derivative(batch, wide, step, n) : null;
          if (aside) {
            float32.write(step, to, batch.given.columns, from, n);
          } else {
            float32.derivative(batch, loops, step, to, from, n);
          }
          mend(to, batch.given.columns, from, exact, n);
        }
      }
    }
  }

  /** Computes the derivatives that are asked for, without writing them; whether all are finite. */
  private boolean stage(ElementBatch batch, LoopsF32 loops, int n) {
    boolean finite = true;
    for (Step step : DERIVATIVES) {
      finite &= !output(batch, step).present() || float32.stage(batch, loops, step, n);
    }
    return finite;
  }

  /** Losses, their totals and derivatives of a batch of doubles. */
  public void run(ElementBatch batch, LoopsF64 loops) {
    for (int from = 0;
        from < batch.length;
        from = Indices.next(from, BlockF64.LENGTH, batch.length)) {
      int n = Math.min(BlockF64.LENGTH, batch.length - from);
      batch.add(inFloat64(batch, loops, from, n));
      for (int i = 0; batch.results.losses.present() && i < n; i++) {
        batch.results.losses.put(from + i, batch.weighted(float64.values[i], i));
      }
      for (Step step : DERIVATIVES) {
        Rows to = output(batch, step);
        if (to.present()) {
          float64.derivative(batch, loops, step, to, from, n);
        }
      }
    }
  }

  private double inFloat64(ElementBatch batch, LoopsF64 loops, int from, int n) {
    float64 = float64 == null ? new PointwiseF64() : float64;
    return float64.values(batch, loops, from, n);
  }

  private static Rows output(ElementBatch batch, Step step) {
    return switch (step) {
      case SLOPE -> batch.results.gradient;
      case CURVATURE -> batch.results.hessian;
      default -> batch.results.parameterGradient;
    };
  }

  /** A derivative that overflowed before its factor was applied becomes the one of float64. */
  private static void mend(Rows to, int columns, int from, double[] exact, int n) {
    for (int i = 0; exact != null && i < n; i++) {
      int row = (from + i) / columns;
      int column = (from + i) % columns;
      if (!Double.isFinite(to.get(row, column))) {
        to.put(row, column, exact[i]);
      }
    }
  }
}
