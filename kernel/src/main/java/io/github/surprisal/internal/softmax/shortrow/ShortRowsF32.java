package io.github.surprisal.internal.softmax.shortrow;

import static io.github.surprisal.internal.softmax.loop.Sizes.LANES;
import static io.github.surprisal.internal.softmax.loop.Sizes.ROWS;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.LogRest;
import io.github.surprisal.internal.softmax.formula.LogRestF64;
import io.github.surprisal.internal.softmax.formula.LogRestF64Twin;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * Rows of a few classes, transposed so that a vector holds one class of many rows: along a row of
 * ten classes, most lanes and most of the time would go to waste.
 */
public final class ShortRowsF32 {
  private static final double GAP_SCALE = 0x1p13;

  private final ColumnsF32 columns = new ColumnsF32();
  private final Loop<ColumnsF32> toColumns;
  private final Loop<ColumnsF32> max;
  private final Loop<ColumnsF32> gap;
  private final Loop<ColumnsF32> scale;
  private final Loop<ColumnsF32> exp;
  private final Loop<ColumnsF32> temperedExp;
  private final Loop<ColumnsF32> lanes;
  private final Loop<ColumnsF32> sum;
  private final Loop<ColumnsF32> ties;
  private final Loop<ColumnsF32> toRows;
  private final LogRest logRest;

  /** Allocates the scratch memory; {@code simd} chooses vectors or their twins. */
  public ShortRowsF32(boolean simd) {
    scale = loop(simd ? ColumnLoopsF32.Scale.class : ColumnLoopsF32Twin.Scale.class);
    logRest = simd ? new LogRestF64() : new LogRestF64Twin();
    toColumns = loop(simd ? ColumnLoopsF32.ToColumns.class : ColumnLoopsF32Twin.ToColumns.class);
    max = loop(simd ? ColumnLoopsF32.Max.class : ColumnLoopsF32Twin.Max.class);
    gap = loop(simd ? ColumnLoopsF32.Gap.class : ColumnLoopsF32Twin.Gap.class);
    exp = loop(simd ? ColumnLoopsF32.Exp.class : ColumnLoopsF32Twin.Exp.class);
    temperedExp =
        loop(simd ? ColumnLoopsF32.TemperedExp.class : ColumnLoopsF32Twin.TemperedExp.class);
    lanes = loop(simd ? ColumnLoopsF32.Lanes.class : ColumnLoopsF32Twin.Lanes.class);
    sum = loop(simd ? ColumnLoopsF32.Sum.class : ColumnLoopsF32Twin.Sum.class);
    ties = loop(simd ? ColumnLoopsF32.Ties.class : ColumnLoopsF32Twin.Ties.class);
    toRows = loop(simd ? ColumnLoopsF32.ToRows.class : ColumnLoopsF32Twin.ToRows.class);
  }

  private static Loop<ColumnsF32> loop(Class<?> form) {
    try {
      return Loop.of(MethodHandles.privateLookupIn(form, MethodHandles.lookup()), ColumnsF32.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError(form.getName(), e);
    }
  }

  /** Whether a call's rows are short, and nothing but scalars depends on its options. */
  public boolean takes(RowBatch batch, RowTerms terms) {
    return batch.classes <= ColumnsF32.MOST_CLASSES
        && !terms.logits.capped
        && !batch.allowed.present()
        && !batch.hessian.present()
        && !terms.needsTargets(batch)
        && !terms.needsEntropy(batch);
  }

  /** How many rows a group has: as many as the first-level cache has room for. */
  public int capacity(int classes) {
    return classes <= LANES ? ROWS : ROWS / 2;
  }

  /** One group, from its logits to its gradient. */
  public void run(
      RowBatch batch, RowTerms terms, Group group, SoftmaxScalars s, GradientScalars out) {
    normalise(batch, terms, group);
    store(group, terms.needsGap(batch), s);
    terms.finish(batch, group, s, null, out);
    if (batch.gradient.present()) {
      gradient(batch, group, out);
    }
    columns.outside = null;
  }

  private void normalise(RowBatch batch, RowTerms terms, Group group) {
    columns.rows = group.size;
    columns.classes = batch.classes;
    columns.outside = batch.logits.arrayF32;
    int[] at = columns.at;
    for (int r = 0; r < group.size; r++) {
      at[r] = batch.logits.at(group.row[r]);
    }
    labels(batch, group);
    toColumns.run(columns);
    max.run(columns);
    if (terms.needsGap(batch)) {
      gap.run(columns);
    }
    columns.scale.temperature = terms.logits.temperatureF32;
    scale.run(columns);
    (terms.logits.tempered() ? temperedExp : exp).run(columns);
    lanes.run(columns);
    sum.run(columns);
    ties.run(columns);
  }

  private void labels(RowBatch batch, Group group) {
    float[] logit = columns.scale.labelLogit;
    if (batch.labels == null) {
      Arrays.fill(logit, 0, group.size, Float.NEGATIVE_INFINITY);
      return;
    }
    float[] x = columns.outside;
    int[] at = columns.at;
    int[] label = group.label;
    for (int r = 0; r < group.size; r++) {
      logit[r] = label[r] < 0 ? Float.NEGATIVE_INFINITY : x[at[r] + label[r]];
    }
  }

  private void store(Group group, boolean gap, SoftmaxScalars s) {
    int rows = group.size;
    var scale = columns.scale;
    for (int r = 0; r < rows; r++) {
      s.max[r] = scale.max[r];
      s.maxExp[r] = scale.maxExp[r];
      s.rest[r] = columns.rest[r] + (double) columns.ties[r] * scale.maxExp[r];
    }
    for (int r = 0; r < rows; r++) {
      s.labelLogit[r] = scale.labelLogit[r];
    }
    for (int r = 0; r < rows; r++) {
      int label = group.label[r];
      s.labelExp[r] = label < 0 ? 0 : columns.e[label * ColumnsF32.PITCH + r];
    }
    for (int r = 0; gap && r < rows; r++) {
      s.gap[r] = columns.gap[r] / (double) columns.classes * GAP_SCALE;
    }
    logRest.run(rows, s);
  }

  private void gradient(RowBatch batch, Group group, GradientScalars out) {
    int n = group.size;
    columns.outside = batch.gradient.arrayF32;
    int[] at = columns.at;
    for (int r = 0; r < n; r++) {
      at[r] = batch.gradient.at(group.row[r]);
    }
    for (int r = 0; r < n; r++) {
      columns.slope[r] = (float) out.slope[r];
      columns.uniform[r] = (float) out.uniform[r];
    }
    toRows.run(columns);
    float[] g = columns.outside;
    for (int r = 0; batch.labels != null && r < n; r++) {
      if (group.label[r] >= 0) {
        g[at[r] + group.label[r]] = (float) out.atLabel[r];
      }
    }
  }
}
