package io.github.surprisal.bench.speed;

import io.github.surprisal.Batch;
import io.github.surprisal.CrossEntropy;
import io.github.surprisal.Matrix;
import io.github.surprisal.NegativeLogLikelihood;
import io.github.surprisal.RowLoss;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs every loss with every option on both types, so that the JIT compiler's type profiles are
 * those of a program that uses the whole library. Code measured alone in its JVM can look many
 * times faster than what such a program gets.
 */
final class EveryLoss {
  private static final List<Shape> SHAPES =
      List.of(new Shape(32, 10), new Shape(8, 100), new Shape(2, 3000));

  private static final int ROUNDS = 10;

  static {
    for (int round = 0; round < ROUNDS; round++) {
      for (var shape : SHAPES) {
        for (var type : ElementType.values()) {
          run(shape, type, round);
        }
      }
    }
  }

  private EveryLoss() {}

  /** Returns when all have run, which the first call waits for, a second or so. */
  static void run() {}

  private static void run(Shape shape, ElementType type, long seed) {
    double[] weights = new double[shape.classes()];
    Arrays.fill(weights, 0.5);
    var random = new SplittableRandom(seed);
    var logits = matrix(shape, type, random);
    var probabilities = matrix(shape, type, random);
    var gradient = matrix(shape, type, random);
    int[] labels = random.ints(shape.rows(), 0, shape.classes()).toArray();
    boolean[] mask = new boolean[shape.rows()];
    mask[0] = true;
    var plain = Batch.of(logits, labels);
    var weighted = plain.weights(random.doubles(shape.rows()).toArray());
    for (RowLoss loss :
        List.of(
            CrossEntropy.create(),
            CrossEntropy.builder().labelSmoothing(0.1).build(),
            CrossEntropy.builder().classWeights(weights).build(),
            NegativeLogLikelihood.create())) {
      for (var batch : List.of(plain, weighted, plain.mask(mask))) {
        loss.loss(batch);
        loss.lossAndGradient(batch, gradient);
      }
      if (loss instanceof CrossEntropy) {
        loss.lossAndGradient(Batch.of(logits, probabilities), gradient);
      }
    }
  }

  private static Matrix matrix(Shape shape, ElementType type, SplittableRandom random) {
    double[] values = random.doubles(shape.elements()).toArray();
    if (type == ElementType.FLOAT64) {
      return Matrix.of(values, shape.rows(), shape.classes());
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Matrix.of(floats, shape.rows(), shape.classes());
  }
}
