package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.RowStatistics;
import java.util.SplittableRandom;

/**
 * One call of a loss of rows, wherever its logits lie and its gradient goes: apart, in place of the
 * logits, or nowhere. Losses, statistics and gradients have the same bits, and nothing else in
 * memory changes.
 *
 * @param loss the loss
 * @param logits of rows of {@code classes}
 * @param classes of a row
 * @param floats the type of all matrices
 * @param statistics whether the loss gives statistics of rows
 * @param inputs the batch of logits that lie in a view, with other matrices in the same one
 */
record Places(
    RowLoss loss, double[] logits, int classes, boolean floats, boolean statistics, Inputs inputs) {
  /** The other inputs of a batch. */
  interface Inputs {
    Batch batch(View view, Matrix logits);
  }

  private enum Place {
    APART,
    IN_PLACE,
    NOWHERE
  }

  /** Which statistics are asked for, which changes no other bit. */
  private enum Asked {
    NONE,
    WITHOUT_ENTROPY,
    ALL
  }

  private record Results(double[] losses, double[] statistics, double[] gradient) {}

  private int rows() {
    return logits.length / classes;
  }

  /** Compares all places in dense memory and in two views with gaps, of which one is drawn. */
  void compare(SplittableRandom random, String name) {
    var expected = results(View.DENSE, Place.APART, Asked.NONE, name);
    var full = statistics ? results(View.DENSE, Place.APART, Asked.ALL, name) : null;
    boolean small = logits.length < 10_000;
    View drawn = View.values()[random.nextInt(View.values().length)];
    for (View view : small ? new View[] {View.DENSE, View.ROWS, drawn} : views(random)) {
      for (Place place : Place.values()) {
        Asked asked = statistics ? Asked.values()[random.nextInt(3)] : Asked.NONE;
        String message = "%s, %s, %s, statistics %s".formatted(name, view, place, asked);
        var results = results(view, place, asked, message);
        assertArrayEquals(expected.losses, results.losses, () -> message + ": loss, then losses");
        if (asked == Asked.ALL) {
          assertArrayEquals(full.statistics, results.statistics, () -> message + ": statistics");
        }
        if (place != Place.NOWHERE) {
          assertArrayEquals(expected.gradient, results.gradient, () -> message + ": gradient");
        }
      }
    }
  }

  private static View[] views(SplittableRandom random) {
    return new View[] {random.nextBoolean() ? View.DENSE : View.ROWS};
  }

  private Results results(View view, Place place, Asked asked, String message) {
    int rows = rows();
    Matrix x = view.matrix(logits, rows, floats);
    Matrix gradient =
        place == Place.IN_PLACE ? x : view.matrix(rows, place == Place.APART ? classes : 0, floats);
    double[] losses = new double[rows];
    double[][] s = new double[3][rows];
    boolean[] correct = new boolean[rows];
    var batch = inputs.batch(view, x).losses(losses);
    if (asked != Asked.NONE) {
      var some = RowStatistics.none().logSumExp(s[0]).labelProbability(s[2]).correct(correct);
      batch = batch.statistics(asked == Asked.ALL ? some.entropy(s[1]) : some);
    }
    double value =
        place == Place.NOWHERE ? loss.loss(batch) : loss.lossAndGradient(batch, gradient);
    assertTrue(View.othersKept(x) && View.othersKept(gradient), () -> message + ": gaps");
    if (place != Place.IN_PLACE) {
      assertArrayEquals(logits, View.elements(x), () -> message + ": logits");
    }
    double[] first = new double[1 + rows];
    first[0] = value;
    System.arraycopy(losses, 0, first, 1, rows);
    double[] statistics = new double[4 * rows];
    for (int i = 0; i < statistics.length; i++) {
      int r = i % rows;
      statistics[i] = i < 3 * rows ? s[i / rows][r] : correct[r] ? 1 : 0;
    }
    return new Results(first, statistics, View.elements(gradient));
  }

  /** Logits of rows some of which are ties, undefined or far away, the others as they were. */
  static void disturb(SplittableRandom random, double[] logits, int classes) {
    for (int from = 0; from < logits.length; from += classes) {
      int kind = random.nextInt(16);
      int at = from + random.nextInt(classes);
      for (int i = from; i < from + classes; i++) {
        double x = logits[i];
        logits[i] =
            switch (kind) {
              case 0 -> (float) (1.1f * Math.rint(x / 3));
              case 1 -> 0.1f;
              case 2 -> i == at ? Double.NaN : x;
              case 3 -> i == at ? Double.POSITIVE_INFINITY : x;
              case 4 -> random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : x;
              case 5 -> Double.NEGATIVE_INFINITY;
              case 6 -> (float) (x + 3000);
              case 7 -> (float) (x - 5000);
              case 8 -> (float) (x + 1e30);
              case 9 -> i == at ? 1e30f : x;
              case 10 -> x == 0 ? -0.0 : x * 0;
              default -> x;
            };
      }
    }
  }
}
