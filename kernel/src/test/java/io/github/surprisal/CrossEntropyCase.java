package io.github.surprisal;

import io.github.surprisal.reference.CrossEntropyReference;
import io.github.surprisal.reference.CrossEntropyResult;
import io.github.surprisal.reference.LogitOptions;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.RowBatch;
import io.github.surprisal.reference.RowOptions;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One batch with every input that cross-entropy takes, drawn from a seed, for the kernel and for
 * the oracle. Values are floats, so that both types see the same.
 */
final class CrossEntropyCase {
  /** Where the logits come from: each regime kills some plausible wrong implementation. */
  enum Regime {
    NORMAL,
    ALL_EQUAL,
    ONE_HUGE,
    OVERFLOWS_EXP,
    FAR_BELOW,
    HUGE,
    SUBNORMAL,
    SIGNED_ZERO,
    CONFIDENT,
    SOME_IMPOSSIBLE,
    CLOSE_AND_LARGE;

    float draw(SplittableRandom random, int j, int special) {
      double u = random.nextDouble(-1, 1);
      return (float)
          switch (this) {
            case NORMAL -> 6 * u;
            case ALL_EQUAL -> 0.1f;
            case ONE_HUGE -> j == special ? 1e30 : u;
            case OVERFLOWS_EXP -> 95 + 5 * u;
            case FAR_BELOW -> -1e4 + 50 * u;
            case HUGE -> 8e37 * u;
            case SUBNORMAL -> 1e-40 * u;
            case SIGNED_ZERO -> Math.copySign(0, u);
            case CONFIDENT -> j == special ? 20 : u;
            case SOME_IMPOSSIBLE -> j != special && u < -0.5 ? Double.NEGATIVE_INFINITY : u;
            case CLOSE_AND_LARGE -> 1e5 + u;
          };
    }
  }

  final String name;
  final int rows;
  final int classes;
  final double[] logits;
  final int[] labels;
  double[] probabilities;
  double[] classWeights;
  double[] rowWeights;
  boolean[] mask;
  double smoothing;
  double upstream = 1;
  double temperature = 1;
  double softcap = Double.POSITIVE_INFINITY;
  double zLoss;
  double entropyWeight;
  boolean[] allowed;

  CrossEntropyCase(long seed, Regime regime, int rows, int classes) {
    this.name = regime + " " + rows + "x" + classes + ", seed " + seed;
    this.rows = rows;
    this.classes = classes;
    logits = new double[rows * classes];
    labels = new int[rows];
    var random = new SplittableRandom(seed);
    for (int r = 0; r < rows; r++) {
      int special = random.nextInt(classes);
      for (int j = 0; j < classes; j++) {
        logits[r * classes + j] = regime.draw(random, j, special);
      }
      boolean label = random.nextBoolean();
      labels[r] = label || regime == Regime.SOME_IMPOSSIBLE ? special : random.nextInt(classes);
    }
  }

  /** The same with any of the options, by the bits of {@code options}. */
  CrossEntropyCase with(int options) {
    var random = new SplittableRandom(options);
    if ((options & 1) != 0) {
      smoothing = 0.125;
    }
    if ((options & 2) != 0) {
      classWeights = signed(floats(random, classes, 0.25, 4));
    }
    if ((options & 4) != 0) {
      probabilities = floats(random, rows * classes, 0, 2.0 / classes);
      for (int i = 0; i < probabilities.length; i++) {
        boolean impossible = logits[i] == Double.NEGATIVE_INFINITY;
        probabilities[i] = impossible || random.nextInt(4) == 0 ? 0 : probabilities[i];
      }
      signed(probabilities);
    }
    if ((options & 8) != 0) {
      rowWeights = signed(floats(random, rows, 0.5, 2));
      mask = new boolean[rows];
      Arrays.fill(mask, true);
      mask[rows / 2] = rows == 1;
      upstream = 3;
      labels[0] = rows > 2 ? -100 : labels[0];
    }
    temperature = (options & 16) != 0 ? 0.7 : 1;
    softcap = (options & 32) != 0 ? 5 : Double.POSITIVE_INFINITY;
    zLoss = (options & 64) != 0 ? 0.01 : 0;
    entropyWeight = (options & 128) != 0 ? 0.3 : 0;
    if ((options & 256) != 0) {
      allow(random, (options & 512) != 0 ? rows * classes : classes);
    }
    return this;
  }

  /** Most classes, those of all targets among them. */
  private void allow(SplittableRandom random, int length) {
    allowed = new boolean[length];
    for (int i = 0; i < length; i++) {
      allowed[i] = random.nextInt(4) > 0;
    }
    for (int i = 0; i < rows * classes; i++) {
      boolean label = labels[i / classes] == i % classes;
      if (label || (probabilities != null && probabilities[i] != 0)) {
        allowed[i % length] = true;
      }
    }
  }

  /** The allowed classes as bits. */
  long[] allowedBits() {
    int words = (classes + 63) / 64;
    long[] bits = new long[allowed.length / classes * words];
    for (int i = 0; i < allowed.length; i++) {
      int j = i % classes;
      bits[i / classes * words + j / 64] |= allowed[i] ? 1L << j : 0;
    }
    return bits;
  }

  /** The same numbers, of which about a third are negative. */
  static double[] signed(double[] values) {
    var random = new SplittableRandom(values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] *= random.nextInt(3) == 0 ? -1 : 1;
    }
    return values;
  }

  private static double[] floats(SplittableRandom random, int n, double least, double most) {
    return random.doubles(n, least, most).map(v -> (float) v).toArray();
  }

  CrossEntropy loss() {
    var builder =
        CrossEntropy.builder()
            .labelSmoothing(smoothing)
            .temperature(temperature)
            .softcap(softcap)
            .zLoss(zLoss)
            .entropyWeight(entropyWeight);
    return classWeights == null ? builder.build() : builder.classWeights(classWeights).build();
  }

  Batch batch(Matrix logits, Matrix probabilities) {
    var batch =
        probabilities == null
            ? Batch.of(logits, labels)
            : Batch.of(logits, probabilities).labels(labels);
    batch = rowWeights == null ? batch : batch.weights(rowWeights).mask(mask);
    batch = allowed == null ? batch : batch.allowed(allowedBits());
    return batch.upstream(upstream);
  }

  /**
   * What a gradient element or a row's loss may lose where exponentials below the normal range are
   * flushed: some of those, times the weights and, over the denominator, the upstream factor.
   */
  double flushed(LossResult<?> expected, Precision type) {
    double weights = Math.abs(expected.sumOfWeights(Precision.FLOAT64));
    double denominator = Math.min(weights, expected.rowsKept());
    double factor = Math.max(1, upstream / denominator) / temperature;
    double normal = type == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    return 8 * factor * largest(classWeights) * largest(rowWeights) * normal;
  }

  private static double largest(double[] weights) {
    return weights == null ? 1 : Arrays.stream(weights).map(Math::abs).max().orElse(1);
  }

  Matrix matrixF64(double[] values) {
    return values == null ? null : Matrix.of(values, rows, classes);
  }

  Matrix matrixF32(double[] values) {
    return values == null ? null : Matrix.of(toFloats(values), rows, classes);
  }

  static float[] toFloats(double[] values) {
    var floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The batch, for the oracle. */
  RowBatch oracleBatch() {
    var batch = RowBatch.of(logits, rows, classes).withLabels(labels).withUpstream(upstream);
    batch = probabilities == null ? batch : batch.withProbabilities(probabilities);
    batch = rowWeights == null ? batch : batch.withRowWeights(rowWeights).withRowMask(mask);
    return allowed == null ? batch : batch.withAllowedClasses(allowed);
  }

  /** The options of every loss of rows, for the oracle. */
  RowOptions options() {
    var options = RowOptions.DEFAULT;
    return classWeights == null ? options : options.withClassWeights(classWeights);
  }

  CrossEntropyResult<?> expected() {
    return new CrossEntropyReference(options(), smoothing)
        .withLogitOptions(new LogitOptions(temperature, softcap))
        .withZLoss(zLoss)
        .withEntropy(entropyWeight)
        .evaluate(oracleBatch());
  }

  @Override
  public String toString() {
    return name;
  }
}
