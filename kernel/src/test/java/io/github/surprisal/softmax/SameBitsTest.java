package io.github.surprisal.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector passes against their scalar twins, and the row layouts against each other, bit by bit. */
class SameBitsTest {
  private static final RowPassesF32 VECTOR = new RowKernelF32();
  private static final RowPassesF32 TWIN = new RowKernelF32Twin();
  private static final GroupPassesF32 GROUP = new GroupKernelF32();
  private static final GroupPassesF32 GROUP_TWIN = new GroupKernelF32Twin();

  private static float[] logits(int n, long seed) {
    var random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-12, 12);
    }
    return x;
  }

  private static List<RowLayoutF32> layouts(RowPassesF32 passes, boolean shortRows) {
    var spread = new SpreadF32(passes);
    var targets = new TargetsF32(passes);
    var group = passes == VECTOR ? GROUP : GROUP_TWIN;
    var staged = new StagedRowsF32(passes, group, spread, targets);
    var longRows = new LongRowsF32(passes, spread, targets);
    return shortRows
        ? List.of(staged, longRows, new ShortRowsF32(group, spread))
        : List.of(staged, longRows);
  }

  /** Rows one at a time through a layout: e, row scalars and gradient. */
  private static float[] run(
      RowLayoutF32 layout, float[] x, int rows, int classes, double smoothing) {
    var terms = new CrossEntropyTerms(smoothing);
    var batch = new RowBatch();
    float[] gradient = new float[rows * classes];
    batch.rows = rows;
    batch.classes = classes;
    batch.upstream = 1;
    batch.logits.set(x, null, 0, classes);
    batch.gradient.set(gradient, null, 0, classes);
    batch.labels = new int[rows];
    var group = new RowGroup();
    float[] all = new float[rows * classes + rows];
    for (int row = 0; row < rows; row++) {
      int label = row % classes;
      batch.labels[row] = label;
      group.size = 0;
      group.labelLogit[0] = x[row * classes + label];
      group.add(row, label);
      layout.normalise(batch, terms, group);
      group.normalise();
      terms.finish(batch, group);
      layout.gradient(batch, terms, group);
      all[rows * classes + row] = (float) group.loss[0];
    }
    System.arraycopy(gradient, 0, all, 0, gradient.length);
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 15, 16, 17, 31, 32, 33, 63, 100, 1000, 2047, 2048})
  void layoutsAndTwinsAgree(int classes) {
    float[] x = logits(3 * classes, classes);
    for (double smoothing : new double[] {0, 0.1}) {
      boolean shortRows = classes <= ShortRowsF32.MOST_CLASSES;
      float[] expected = run(layouts(VECTOR, shortRows).getFirst(), x, 3, classes, smoothing);
      for (var passes : List.of(VECTOR, TWIN)) {
        for (var layout : layouts(passes, shortRows)) {
          assertArrayEquals(
              expected,
              run(layout, x, 3, classes, smoothing),
              layout.getClass().getSimpleName() + " on " + passes.getClass().getSimpleName());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 33, 257, 2048})
  void passesAgreeWithTheirTwins(int n) {
    float[] x = logits(2048, n);
    x[n / 2] = Float.NaN;
    x[n / 3] = Float.NEGATIVE_INFINITY;
    int padded = TreeF32.padded(n);
    assertEquals(VECTOR.max(x, 1, n), TWIN.max(x, 1, n));
    assertEquals(VECTOR.indexOf(x, 0, n, x[n - 1]), TWIN.indexOf(x, 0, n, x[n - 1]));
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      var passes = i == 0 ? VECTOR : TWIN;
      float[] t = new float[2048];
      float[] sums = new float[16];
      float[] mass = new float[16];
      float[] g = new float[2048];
      float[] all = new float[48 + 2048 + n];
      passes.targets(x, 0, t, n, 0.3f, 0.1f);
      passes.weigh(x, 0, t, n);
      passes.below(x, 0, padded & -16, 12, sums);
      System.arraycopy(sums, 0, all, 0, 16);
      passes.dot(t, x, padded, 12, mass, sums);
      System.arraycopy(sums, 0, all, 16, 16);
      System.arraycopy(mass, 0, all, 32, 16);
      passes.gradient(x, 0, g, 0, n, 0.3f, 0.7f, t);
      System.arraycopy(g, 0, all, 48, 2048);
      System.arraycopy(t, 0, all, 2096, n);
      results[i] = all;
    }
    assertArrayEquals(results[0], results[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 32})
  void columnsAgreeWithTheirTwins(int classes) {
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      ColumnPassesF32 passes = i == 0 ? new ColumnKernelF32() : new ColumnKernelF32Twin();
      float[] x = logits(2048, classes);
      float[] max = new float[64];
      float[] first = new float[64];
      float[] shift = new float[64];
      float[] origin = new float[64];
      float[] maxExp = new float[64];
      float[] sum = new float[64];
      passes.max(x, 64, classes, max, first);
      (i == 0 ? GROUP : GROUP_TWIN).scale(max, 64, shift, origin, maxExp);
      passes.exp(x, 64, classes, shift, origin);
      passes.sum(x, 64, classes, new float[1024], sum);
      results[i] = concatenated(x, max, first, shift, origin, maxExp, sum);
    }
    assertArrayEquals(results[0], results[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 16, 33, 100})
  void groupsAgreeWithTheirTwins(int classes) {
    int pitch = TreeF32.padded(classes);
    int rows = 5;
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      var passes = i == 0 ? GROUP : GROUP_TWIN;
      float[] x = logits(rows * classes + 2 * pitch, classes);
      float[] e = new float[rows * pitch];
      float[] lanes = new float[65 * 16];
      float[] max = new float[64];
      float[] shift = new float[64];
      float[] origin = new float[64];
      float[] maxExp = new float[64];
      float[] sum = new float[64];
      float[] g = new float[rows * classes + 16];
      passes.stage(x, 0, classes, e, 0, pitch, classes, rows);
      passes.max(e, pitch, rows, lanes, max);
      passes.scale(max, rows, shift, origin, maxExp);
      passes.exp(e, pitch, rows, shift, origin, lanes);
      passes.sum(lanes, rows, sum);
      passes.gradient(e, pitch, g, 0, classes, rows, sum, max);
      float[] firstRows = Arrays.copyOf(max, rows);
      float[] written = Arrays.copyOf(g, rows * classes);
      results[i] = concatenated(e, firstRows, Arrays.copyOf(sum, rows), written);
    }
    assertArrayEquals(results[0], results[1]);
  }

  private static float[] concatenated(float[]... parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
