package io.github.surprisal;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SoftmaxLoss;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the gradient goes changes no bit: see {@link Places}. Numbers of classes are those at which
 * kernels change their way: few columns, lanes of 16, whole blocks, a last block that takes in some
 * more, and rows of which a group holds one.
 */
@Order(2) // takes long
class PlacesTest {
  /** All options of {@link CrossEntropyCase#with}. */
  private static final int OPTIONS = 1024;

  private static final List<RowLoss.Builder<?>> WITHOUT_STATISTICS =
      List.of(
          NegativeLogLikelihood.builder(),
          MultiMargin.builder(),
          CrammerSinger.builder(),
          SparsemaxLoss.builder());

  private static List<SoftmaxLoss.Builder<?>> lossesOfLabels() {
    return List.of(
        SoftmaxFocal.builder().gamma(1.5), PolyLoss.builder(), GeneralizedCrossEntropy.builder());
  }

  /** More rows than a group holds: 256, or 32768 elements, or 8192 of those that are prepared. */
  private static int manyRows(SplittableRandom random, int classes) {
    int most = random.nextBoolean() ? 1 << 15 : 1 << 13;
    return 2 + Math.min(256, Math.max(2, most / classes));
  }

  private static Regime regime(SplittableRandom random) {
    return random.nextBoolean() ? Regime.NORMAL : Regime.values()[random.nextInt(11)];
  }

  private static CrossEntropyCase draw(SplittableRandom random, int rows, int classes) {
    var c = new CrossEntropyCase(random.nextInt(), regime(random), rows, classes);
    Places.disturb(random, c.logits, classes);
    return c;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 2, 5, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 255, 257, 1000, 2047, 2048, 2049, 2063,
        2064, 2065, 4096, 4100, 10000
      })
  void crossEntropy(int classes) {
    var random = new SplittableRandom(classes);
    for (int options = 0; options < 9; options++) {
      // One option at a time.
      compare(random, draw(random, 3, classes), options == 0 ? 0 : 1 << (options - 1));
    }
    for (int i = 0; i < 12; i++) {
      compare(random, draw(random, 1 + 2 * (i % 2), classes), random.nextInt(OPTIONS));
    }
    for (int options : new int[] {0, 16, random.nextInt(OPTIONS), random.nextInt(OPTIONS)}) {
      compare(random, draw(random, manyRows(random, classes), classes), options);
    }
  }

  private static void compare(SplittableRandom random, CrossEntropyCase c, int options) {
    c.with(options);
    boolean floats = random.nextBoolean();
    compare(random, c, c.loss(), floats, true, options);
    if (c.logits.length < 10_000) {
      compare(random, c, c.loss(), !floats, true, options);
    }
  }

  private static void compare(
      SplittableRandom random,
      CrossEntropyCase c,
      RowLoss loss,
      boolean floats,
      boolean statistics,
      int options) {
    String name = "%s of %s, options %d, %s".formatted(loss, c, options, floats ? "F32" : "F64");
    new Places(loss, c.logits, c.classes, floats, statistics, (view, x) -> inputs(c, view, x))
        .compare(random, name);
  }

  private static Batch inputs(CrossEntropyCase c, View view, Matrix x) {
    boolean floats = x.floats() != null;
    return c.batch(
        x, c.probabilities == null ? null : view.matrix(c.probabilities, c.rows, floats));
  }

  /** The other losses of labels, with options of the logits, of the rows and of classes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 17, 32, 33, 100, 1000, 2048, 2049, 2064, 4100})
  void otherLossesOfLabels(int classes) {
    var random = new SplittableRandom(classes);
    for (int rows : new int[] {1, 3, manyRows(random, classes)}) {
      for (var builder : lossesOfLabels()) {
        // No soft targets.
        int options = random.nextInt(OPTIONS) & ~4;
        var c = draw(random, rows, classes).with(options);
        builder.temperature(c.temperature).softcap(c.softcap);
        if (c.classWeights != null) {
          builder.classWeights(c.classWeights);
        }
        compare(random, c, builder.build(), random.nextBoolean(), true, options);
      }
      for (var builder : WITHOUT_STATISTICS) {
        var c = draw(random, rows, classes).with(8);
        compare(random, c, builder.build(), random.nextBoolean(), false, 8);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 2, 5, 15, 16, 17, 31, 32, 33, 64, 65, 100, 255, 257, 1000, 2047, 2048, 2049, 2063, 2064,
        2065, 4096, 4100, 10000
      })
  void distillation(int classes) {
    var random = new SplittableRandom(classes);
    var regimes = DistillationCase.Regime.values();
    for (var divergence : DistillationCase.DIVERGENCES) {
      for (int i = 0; i < 6; i++) {
        int rows = i == 0 ? manyRows(random, classes) : 1 + 2 * (i % 2);
        var regime = regimes[random.nextInt(regimes.length)];
        var c = new DistillationCase(random.nextInt(), divergence, regime, rows, classes);
        if (random.nextBoolean()) {
          Places.disturb(random, c.logits, classes);
          Places.disturb(random, c.teacher, classes);
        }
        c.with(i % 3 == 0 ? 0 : random.nextInt(64));
        compare(random, c, random.nextBoolean());
      }
    }
  }

  /** Where student and teacher are near, some rows of a group take another way than others. */
  @ParameterizedTest
  @ValueSource(ints = {5, 17, 100, 1000, 2048, 2049, 2064, 4100})
  void distillationOfRowsNearAndFar(int classes) {
    var random = new SplittableRandom(classes);
    for (var divergence : DistillationCase.DIVERGENCES) {
      for (int options : new int[] {0, 3, 4}) {
        var far = DistillationCase.Regime.NORMAL;
        var c = new DistillationCase(random.nextInt(), divergence, far, 9, classes);
        for (int i = 0; i < c.teacher.length; i++) {
          boolean near = i / classes % 3 != 0;
          c.teacher[i] = near ? (float) (c.logits[i] + 1e-3 * c.teacher[i]) : c.teacher[i];
        }
        compare(random, c.with(options), random.nextBoolean());
      }
    }
  }

  private static void compare(SplittableRandom random, DistillationCase c, boolean floats) {
    String name = c + (floats ? ", F32" : ", F64");
    new Places(c.loss(), c.logits, c.classes, floats, false, (view, x) -> inputs(c, view, x))
        .compare(random, name);
  }

  private static Batch inputs(DistillationCase c, View view, Matrix x) {
    boolean floats = x.floats() != null;
    var batch = c.batch(x, floats);
    return c.top == 0 ? batch.teacher(view.matrix(c.teacher, c.rows, floats)) : batch;
  }
}
