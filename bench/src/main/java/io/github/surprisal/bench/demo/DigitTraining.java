package io.github.surprisal.bench.demo;

import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Arrays;
import java.util.Random;

/** Trains the digit network with smoothed cross-entropy, in small batches with Adam. */
final class DigitTraining {
  static final double LABEL_SMOOTHING = 0.1;
  static final int EPOCHS = 30;
  private static final int BATCH = 32;
  private static final double RATE = 2e-3;
  private static final long SEED = 1797;

  /**
   * How far training is.
   *
   * @param number of passes over the training data
   * @param trainingLoss mean smoothed loss over the epoch, while it was learning
   * @param heldOutLoss mean smoothed loss of the data not trained on
   * @param accuracy part of that data whose largest logit is its label's
   * @param perplexity of its labels, without smoothing
   */
  record Epoch(
      int number, double trainingLoss, double heldOutLoss, double accuracy, double perplexity) {}

  private final CrossEntropy loss = CrossEntropy.builder().labelSmoothing(LABEL_SMOOTHING).build();
  private final Digits training;
  private final Digits heldOut;
  private final Random random = new Random(SEED);
  private final DigitNetwork network;
  private final Adam adam;
  private final float[] pixels = new float[BATCH * Digits.PIXELS];
  private final float[] logits;
  private final float[] gradient = new float[BATCH * Digits.CLASSES];
  private final Minibatches batches;
  private int epoch;

  DigitTraining(Digits.Split split) {
    training = split.training();
    heldOut = split.heldOut();
    network = new DigitNetwork(Math.max(BATCH, heldOut.rows()), random);
    adam = new Adam(network.parameters.length);
    logits = new float[Math.max(BATCH, heldOut.rows()) * Digits.CLASSES];
    batches = new Minibatches(training.rows(), BATCH, random);
  }

  /** One pass over the training data in a new order, then a look at the data held out. */
  Epoch epoch() {
    var total = new LossSum();
    double rate = RATE * (1 - (double) epoch / EPOCHS);
    for (int[] rows : batches.epoch()) {
      step(rows, rate, total);
    }
    epoch++;
    return evaluate(total.mean());
  }

  private void step(int[] chosen, double rate, LossSum total) {
    int rows = chosen.length;
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(
          training.pixels(), chosen[i] * Digits.PIXELS, pixels, i * Digits.PIXELS, Digits.PIXELS);
      labels[i] = training.labels()[chosen[i]];
    }
    network.forward(pixels, rows, logits);
    var batch = Batch.of(Matrix.of(logits, rows, Digits.CLASSES), labels).sum(total);
    loss.lossAndGradient(batch, Matrix.of(gradient, rows, Digits.CLASSES));
    network.backward(pixels, rows, gradient);
    adam.step(network.parameters, network.gradient, rate);
  }

  private Epoch evaluate(double trainingLoss) {
    var total = new LossSum();
    loss.loss(Batch.of(forwardHeldOut(), heldOut.labels()).sum(total));
    return new Epoch(epoch, trainingLoss, total.mean(), accuracy(), total.perplexity());
  }

  /** The first rows held out, for the oracle. */
  GradientCase firstRows(int rows) {
    forwardHeldOut();
    return GradientCase.of(
        "digits",
        LABEL_SMOOTHING,
        Arrays.copyOf(logits, rows * Digits.CLASSES),
        Digits.CLASSES,
        Arrays.copyOf(heldOut.labels(), rows));
  }

  private Matrix forwardHeldOut() {
    network.forward(heldOut.pixels(), heldOut.rows(), logits);
    return Matrix.of(logits, heldOut.rows(), Digits.CLASSES);
  }

  private double accuracy() {
    int right = 0;
    for (int row = 0; row < heldOut.rows(); row++) {
      int from = row * Digits.CLASSES;
      int best = 0;
      for (int j = 1; j < Digits.CLASSES; j++) {
        best = logits[from + j] > logits[from + best] ? j : best;
      }
      right += best == heldOut.labels()[row] ? 1 : 0;
    }
    return (double) right / heldOut.rows();
  }
}
