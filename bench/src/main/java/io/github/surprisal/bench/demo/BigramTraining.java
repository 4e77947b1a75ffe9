package io.github.surprisal.bench.demo;

import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Arrays;
import java.util.Random;

/**
 * Trains the bigram network on counts instead of text: a row for each word of the vocabulary, the
 * frequencies of the words that follow it as target, the number of times it occurs as weight. The
 * loss is that of the whole text, the rows are far fewer than its words. Rate, weight decay and
 * number of epochs were chosen on a tenth of the training verses, not on those held out.
 */
final class BigramTraining {
  static final int EPOCHS = 20;
  private static final int BATCH = 16;
  private static final double RATE = 2e-2;
  private static final double WEIGHT_DECAY = 0.02;
  private static final long SEED = 1611;

  /**
   * How far training is.
   *
   * @param number passes over the rows
   * @param training score over the epoch, while it was learning
   * @param heldOut score on the verses held out
   */
  record Epoch(int number, TextScore training, TextScore heldOut) {}

  private final BigramCounts training;
  private final int epochs;
  private final BigramNetwork network;
  private final Adam adam;
  private final Minibatches batches;
  private final CrossEntropy loss;
  private final HeldOutWords heldOut;
  private final float[] logits;
  private final float[] probabilities;
  private final float[] gradient;
  private int epoch;

  BigramTraining(BigramCounts training, BigramCounts heldOut, int epochs) {
    this.training = training;
    this.epochs = epochs;
    int words = training.words;
    var random = new Random(SEED);
    network = new BigramNetwork(words, BATCH, random);
    adam = new Adam(network.parameters.length, WEIGHT_DECAY);
    batches = new Minibatches(words, BATCH, random);
    // By the mean weight of a batch, not by its own: a batch of rare words is to move little.
    double weight = (double) training.total * Math.min(BATCH, words) / words;
    loss = CrossEntropy.builder().reduction(Reduction.meanOver(weight)).build();
    this.heldOut = new HeldOutWords(heldOut);
    logits = new float[BATCH * words];
    probabilities = new float[BATCH * words];
    gradient = new float[BATCH * words];
  }

  /** One pass over the rows in a new order, then a look at the verses held out. */
  Epoch epoch() {
    var total = new LossSum();
    double rate = RATE * (1 - (double) epoch / epochs);
    for (int[] contexts : batches.epoch()) {
      step(contexts, rate, total);
    }
    epoch++;
    return new Epoch(epoch, new TextScore(total.mean()), heldOut.score(network));
  }

  private void step(int[] contexts, double rate, LossSum total) {
    int rows = contexts.length;
    float[] weights = targets(contexts);
    network.forward(contexts, logits);
    var batch =
        Batch.of(matrix(logits, rows), matrix(probabilities, rows)).weights(weights).sum(total);
    loss.lossAndGradient(batch, matrix(gradient, rows));
    network.backward(contexts, gradient);
    adam.step(network.parameters, network.gradient, rate);
  }

  /** Writes the frequencies of the words that follow each context, and gives the row weights. */
  private float[] targets(int[] contexts) {
    float[] weights = new float[contexts.length];
    Arrays.fill(probabilities, 0);
    for (int row = 0; row < contexts.length; row++) {
      int c = contexts[row];
      weights[row] = training.contextTotals[c];
      for (int i = training.rowStarts[c]; i < training.rowStarts[c + 1]; i++) {
        probabilities[row * training.words + training.next[i]] = training.counts[i] / weights[row];
      }
    }
    return weights;
  }

  private Matrix matrix(float[] values, int rows) {
    return Matrix.of(values, rows, training.words);
  }
}
