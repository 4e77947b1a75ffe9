package io.github.surprisal.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes over pairs of distributions against their scalar twins, bit by bit. */
class DistillationBitsTest {
  private static final DistillationRowsF32 VECTOR = new DistillationRowsF32(true);
  private static final DistillationRowsF32 TWIN = new DistillationRowsF32(false);
  private static final DistillationRowsF64 VECTOR_F64 = new DistillationRowsF64(true);
  private static final DistillationRowsF64 TWIN_F64 = new DistillationRowsF64(false);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 15, 16, 17, 31, 33, 100, 1000, 2048, 2049, 5000})
  void twinsAgree(int classes) {
    for (DistillationTerms.Kind kind : DistillationTerms.Kind.values()) {
      for (double temperature : new double[] {1, 0.7}) {
        for (double hardWeight : new double[] {0, 0.25}) {
          var options = new LogitOptions(temperature, Double.POSITIVE_INFINITY);
          var terms =
              new DistillationTerms(kind, 0.3, options, options, hardWeight, 1 - hardWeight);
          var random = new SplittableRandom(classes);
          double[] values = random.doubles(6L * classes, -9, 9).map(v -> (float) v).toArray();
          for (int i = 2 * classes; i < 4 * classes; i++) {
            values[i] = 1.125 * Math.rint(values[i] / 3); // many classes share the maximum
          }
          float[] floats = new float[values.length];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
          }
          assertArrayEquals(
              run(classes, terms, floats, null, true), run(classes, terms, floats, null, false));
          assertArrayEquals(
              run(classes, terms, null, values, true), run(classes, terms, null, values, false));
        }
      }
    }
  }

  /** Losses and gradient of three rows, of whose values the first half is the student's. */
  private static double[] run(
      int classes, DistillationTerms terms, float[] floats, double[] doubles, boolean vector) {
    var batch = new RowBatch();
    batch.rows = 3;
    batch.classes = classes;
    batch.upstream = 1;
    batch.logits.set(floats, doubles, 0, classes);
    batch.teacher.set(floats, doubles, 3 * classes, classes);
    batch.labels = new int[] {0, classes / 2, classes - 1};
    float[] gradientF32 = floats == null ? null : new float[3 * classes];
    double[] gradient = new double[3 * classes];
    batch.gradient.set(gradientF32, floats == null ? gradient : null, 0, classes);
    double[] losses = new double[3];
    batch.losses.set(null, losses);
    batch.count();
    batch.divideBy(1, false);
    if (floats != null) {
      (vector ? VECTOR : TWIN).run(batch, terms, new RowGroup());
    } else {
      (vector ? VECTOR_F64 : TWIN_F64).run(batch, terms, new RowGroup());
    }
    assertTrue(Arrays.stream(losses).allMatch(Double::isFinite), "losses");
    double[] all = Arrays.copyOf(losses, 3 + 3 * classes);
    for (int i = 0; i < 3 * classes; i++) {
      all[3 + i] = floats == null ? gradient[i] : gradientF32[i];
    }
    return all;
  }
}
