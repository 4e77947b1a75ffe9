package io.github.surprisal.bench.demo;

import io.github.surprisal.Denominator;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Arrays;

/**
 * Trains a character model by gradient descent: a row of logits for each pair of characters, the
 * frequencies of the next character as target, the number of times the pair occurs as weight.
 *
 * <p>One of each character is added to the counts of every pair, so the loss is least exactly at
 * {@link CountedModel#trigram}: training is right if it gets there.
 */
final class CharacterTraining {
  static final int STEPS = 300;
  private static final double RATE = 0.3;

  /**
   * How far training is.
   *
   * @param number steps taken
   * @param training score before the last step, characters added to the counts included
   * @param heldOut score on the verses held out
   */
  record Step(int number, TextScore training, TextScore heldOut) {}

  private final CrossEntropy loss =
      CrossEntropy.builder().reduction(Reduction.mean(Denominator.WEIGHTS)).build();
  private final float[] logits;
  private final float[] gradient;
  private final Matrix gradientMatrix;
  private final Batch training;
  private final Batch heldOut;
  private final Adam adam;
  private TextScore trainingScore;
  private int steps;

  CharacterTraining(CharacterCounts counts) {
    logits = new float[counts.contexts * counts.symbols];
    gradient = new float[logits.length];
    gradientMatrix = Matrix.of(gradient, counts.contexts, counts.symbols);
    training = batch(counts, counts.training, 1);
    heldOut = batch(counts, counts.heldOut, 0);
    adam = new Adam(logits.length);
  }

  private Batch batch(CharacterCounts counts, int[] of, int added) {
    var targets = new float[logits.length];
    var weights = new float[counts.contexts];
    frequencies(counts, of, added, targets, weights);
    return Batch.of(
            Matrix.of(logits, counts.contexts, counts.symbols),
            Matrix.of(targets, counts.contexts, counts.symbols))
        .weights(weights);
  }

  private static void frequencies(
      CharacterCounts counts, int[] of, int added, float[] targets, float[] weights) {
    for (int row = 0; row < weights.length; row++) {
      weights[row] = counts.total(of, row) + added * counts.symbols;
      for (int i = row * counts.symbols; i < (row + 1) * counts.symbols; i++) {
        targets[i] = weights[row] == 0 ? 0 : (of[i] + added) / weights[row];
      }
    }
  }

  /** The first pairs of characters, for the oracle. */
  GradientCase firstRows(CharacterCounts counts, int rows) {
    var targets = new float[rows * counts.symbols];
    var weights = new float[rows];
    frequencies(counts, counts.training, 1, targets, weights);
    float[] some = Arrays.copyOf(logits, targets.length);
    return new GradientCase("verses", 0, some, counts.symbols, null, targets, weights);
  }

  /** One step down the gradient of the whole text. */
  void step() {
    trainingScore = new TextScore(loss.lossAndGradient(training, gradientMatrix));
    // A cosine brings the steps to nothing at the end, so that Adam settles.
    double rate = RATE * (1 + Math.cos(Math.PI * steps / STEPS)) / 2;
    adam.step(logits, gradient, rate);
    steps++;
  }

  /** Where training stands. */
  Step evaluate() {
    var total = new LossSum();
    loss.loss(heldOut.sum(total));
    return new Step(steps, trainingScore, new TextScore(total.mean()));
  }
}
