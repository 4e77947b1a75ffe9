package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.LONG;
import static io.github.surprisal.softmax.SoftmaxRowsF32.SHORT;
import static io.github.surprisal.softmax.SoftmaxRowsF32.STAGED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector passes against their scalar twins, and the row layouts against each other, bit by bit. */
class SameBitsTest {
  private static final RowPassesF32 VECTOR = new RowKernelF32();
  private static final RowPassesF32 TWIN = new RowKernelF32Twin();

  private static float[] logits(int n, long seed) {
    var random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-12, 12);
    }
    return x;
  }

  private static final SoftmaxRowsF32 VECTOR_ROWS = new SoftmaxRowsF32(true);
  private static final SoftmaxRowsF32 TWIN_ROWS = new SoftmaxRowsF32(false);

  private static List<RowLayoutF32> layouts(SoftmaxRowsF32 rows, int classes, RowTerms terms) {
    var layouts = new ArrayList<RowLayoutF32>();
    boolean few = classes <= ShortRowsF32.MOST_CLASSES && !terms.tilts();
    RowLayoutF32[][] of = {rows.tempered, terms.logits.tempered() ? rows.tempered : rows.plain};
    if (terms.logits.capped || terms.tilts()) {
      of = new RowLayoutF32[][] {rows.preparing};
    }
    for (RowLayoutF32[] each : of) {
      layouts.add(each[STAGED]);
      layouts.add(each[LONG]);
      if (few && each[SHORT] != null) {
        layouts.add(each[SHORT]);
      }
    }
    return layouts;
  }

  /** Losses and gradient of rows, in groups of at most three, through a layout. */
  private static float[] run(
      SoftmaxRowsF32 rows, RowLayoutF32 layout, float[] x, int classes, RowTerms terms) {
    int n = x.length / classes;
    var batch = new RowBatch();
    float[] gradient = new float[x.length];
    batch.rows = n;
    batch.classes = classes;
    batch.upstream = 1;
    batch.logits.set(x, null, 0, classes);
    batch.gradient.set(gradient, null, 0, classes);
    batch.labels = new int[n];
    var group = new RowGroup();
    float[] losses = new float[n];
    int capacity = Math.min(3, layout.capacity(classes));
    for (int row = 0; row < n; row += group.size) {
      group.size = 0;
      for (int r = row; r < n && group.size < capacity; r++) {
        batch.labels[r] = r % classes;
        group.add(r, r % classes);
      }
      rows.run(layout, batch, terms, group);
      for (int r = 0; r < group.size; r++) {
        losses[row + r] = (float) group.loss[r];
        assertTrue(Double.isFinite(group.loss[r]), "loss of row " + (row + r));
      }
    }
    return concatenated(gradient, losses);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 15, 16, 17, 31, 32, 33, 63, 100, 1000, 2047, 2048})
  void layoutsAndTwinsAgree(int classes) {
    float[] x = logits(5 * classes, classes);
    for (int i = 3 * classes; i < x.length; i++) {
      x[i] = 1.1f * Math.round(x[i] / 3); // many classes share the maximum
    }
    for (double smoothing : new double[] {0, 0.1}) {
      for (double temperature : new double[] {1, 0.7}) {
        for (double softcap : new double[] {5, Double.POSITIVE_INFINITY}) {
          for (double entropy : new double[] {0, 0.5}) {
            var logits = new LogitOptions(temperature, softcap);
            var terms = new CrossEntropyTerms(logits, smoothing, 0.01, entropy);
            layoutsAndTwinsAgree(x, classes, terms);
          }
        }
      }
    }
  }

  private static void layoutsAndTwinsAgree(float[] x, int classes, RowTerms terms) {
    float[] expected = null;
    for (var rows : List.of(VECTOR_ROWS, TWIN_ROWS)) {
      for (var layout : layouts(rows, classes, terms)) {
        float[] results = run(rows, layout, x, classes, terms);
        expected = expected == null ? results : expected;
        assertArrayEquals(
            expected,
            results,
            layout.getClass().getSimpleName() + (rows == TWIN_ROWS ? " of twins" : ""));
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
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      var passes = i == 0 ? VECTOR : TWIN;
      float[] t = new float[2048];
      float[] sums = new float[16];
      float[] mass = new float[16];
      float[] g = new float[2048];
      float[] all = new float[48 + 2048 + n];
      float[] more = new float[16 + 2 * n];
      passes.logProbabilities(x, 0, more, 0, n, 3, 0.7f, 0.1f);
      passes.backward(x, 0, x, 1, more, n, Math.min(n, 2047), 0.3f, 0.7f);
      passes.products(x, 0, x, 0, padded & -16, sums);
      System.arraycopy(sums, 0, more, 2 * n, 16);
      passes.targets(x, 0, t, n, 0.3f, 0.1f);
      passes.weigh(x, 0, t, n);
      passes.below(x, 0, padded & -32, 12, sums);
      System.arraycopy(sums, 0, all, 0, 16);
      passes.dot(t, 0, x, 0, padded, 12, mass, sums);
      System.arraycopy(sums, 0, all, 16, 16);
      System.arraycopy(mass, 0, all, 32, 16);
      passes.gradient(x, 0, g, 0, n, 0.3f, 0.7f, t);
      System.arraycopy(g, 0, all, 48, 2048);
      System.arraycopy(t, 0, all, 2096, n);
      results[i] = concatenated(all, more);
    }
    assertArrayEquals(results[0], results[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 100, 1024})
  void prefixPassesAgreeWithTheirTwins(int n) {
    double[][] results = new double[2][];
    for (int i = 0; i < 2; i++) {
      var sums = new PrefixSums(i == 0);
      Arrays.setAll(sums.x, j -> 3000 + 12 * Math.sin(j));
      sums.x[n / 2] = Double.NaN;
      sums.x[n / 3] = Double.NEGATIVE_INFINITY;
      sums.start();
      sums.add(n);
      double[] all = new double[3 * n];
      System.arraycopy(sums.e, 0, all, 0, n);
      sums.logarithms(n);
      System.arraycopy(sums.y, 0, all, n, n);
      sums.quotients(n);
      System.arraycopy(sums.y, 0, all, 2 * n, n);
      results[i] = all;
    }
    assertArrayEquals(results[0], results[1]);
  }

  @Test
  void plainLabelsAgreeWithTheirTwin() {
    double[][] results = new double[2][];
    for (int i = 0; i < 2; i++) {
      var group = new RowGroup();
      for (int r = 0; r < RowGroup.CAPACITY; r++) {
        group.add(r, 0);
        double max = r % 7 == 3 ? Double.NaN : Math.sin(r);
        group.put(r, max, 0.9, r % 5 == 0 ? 0 : 0.3 + r);
        group.labelLogit[r] = r % 3 == 0 ? max : r % 4 == 0 ? Double.NEGATIVE_INFINITY : max - r;
        group.inverse[r] = 1 / (group.maxExp[r] + group.rest[r]);
        group.logRest[r] = 0.1 * r;
        group.labelExp[r] = r % 3 == 0 ? 0.9 : 0.1;
      }
      PlainLabels plain = i == 0 ? new PlainLabelsF64() : new PlainLabelsF64Twin();
      plain.finish(group, 0.5, 0.37);
      results[i] = Arrays.copyOf(group.loss, 3 * RowGroup.CAPACITY);
      System.arraycopy(group.slope, 0, results[i], RowGroup.CAPACITY, RowGroup.CAPACITY);
      System.arraycopy(
          group.labelGradient, 0, results[i], 2 * RowGroup.CAPACITY, RowGroup.CAPACITY);
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
