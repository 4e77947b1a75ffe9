package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BigramTrainingTest {

  /** a b END a b END over the words a, b, END and one that never occurs. */
  private static final BigramCounts TRAINING = new BigramCounts(new int[] {0, 1, 2, 0, 1, 2}, 4, 2);

  /** a a END: pairs (END a), (a a), (a END). */
  private static final BigramCounts HELD_OUT = new BigramCounts(new int[] {0, 0, 2}, 4, 2);

  /** P(a) = P(END) = (2 + 1) / (6 + 4). */
  @Test
  void unigramByHand() {
    var score = new CountedBigram(TRAINING, 5).unigram(HELD_OUT);

    assertEquals(10.0 / 3, score.perplexity(), 1e-12);
  }

  /**
   * With m = 5: P(a|END) = (2 + 5 0.3) / (2 + 5) = 1/2, P(a|a) = P(END|a) = (0 + 1.5) / 7 = 3/14.
   */
  @Test
  void bigramByHand() {
    var score = new CountedBigram(TRAINING, 5).bigram(HELD_OUT);

    assertEquals(Math.cbrt(2 * 14.0 / 3 * 14.0 / 3), score.perplexity(), 1e-12);
  }

  @Test
  void tuningTrustsPairsOnceTheyRepeat() {
    int[] text = new int[300];
    for (int i = 0; i < text.length; i++) {
      text[i] = i % 3;
    }
    var training = new BigramCounts(text, 4, 2);
    var least = new CountedBigram(training, 1);

    assertEquals(
        least.bigram(TRAINING).nats(), CountedBigram.tuned(training).bigram(TRAINING).nats());
  }

  @Test
  void heldOutWordsAreRowsWithLabels() {
    var network = new BigramNetwork(4, 1, new Random(3));
    float[] logits = new float[4];
    double nats = 0;
    for (int[] pair : new int[][] {{2, 0}, {0, 0}, {0, 2}}) {
      network.forward(new int[] {pair[0]}, logits);
      double sum = 0;
      for (float x : logits) {
        sum += Math.exp(x);
      }
      nats += (Math.log(sum) - logits[pair[1]]) / 3;
    }

    assertEquals(nats, new HeldOutWords(HELD_OUT).score(network).nats(), 1e-6);
  }

  @Test
  void gradientIsThatOfTheLogits() {
    var network = new BigramNetwork(5, 2, new Random(7));
    int[] contexts = {3, 1};
    float[] logitGradient = {1, -2, 0.5f, 0, 3, -1, 0, 2, 1, -0.5f};
    float[] logits = new float[10];
    network.forward(contexts, logits);
    network.backward(contexts, logitGradient);
    int last = network.parameters.length - 1;
    for (int i : new int[] {0, 32, 3 * 32 + 5, 5 * 32, 5 * 32 + 17, last}) {
      float before = network.parameters[i];
      network.parameters[i] = before + 0x1p-4f;
      float[] moved = new float[10];
      network.forward(contexts, moved);
      network.parameters[i] = before;
      double change = 0;
      for (int j = 0; j < logits.length; j++) {
        change += logitGradient[j] * (double) (moved[j] - logits[j]);
      }
      // Logits are linear in each parameter alone, so a difference has no error but rounding.
      assertEquals(change / 0x1p-4, network.gradient[i], 1e-3);
    }
  }

  @Test
  void trainingLearnsACertainText() {
    var training = new BigramTraining(TRAINING, TRAINING, 200);
    BigramTraining.Epoch last = training.epoch();
    double first = last.heldOut().perplexity();
    while (last.number() < 200) {
      last = training.epoch();
    }

    assertTrue(first > 1.5);
    assertEquals(1, last.training().perplexity(), 0.01);
    assertEquals(1, last.heldOut().perplexity(), 0.01);
  }
}
