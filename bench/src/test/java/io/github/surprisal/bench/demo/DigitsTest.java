package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static long count(Digits digits, int digit) {
    return Arrays.stream(digits.labels()).filter(label -> label == digit).count();
  }

  @Test
  void allRowsAreThere() {
    var digits = Digits.load();

    assertEquals(1797, digits.rows());
    assertEquals(1797 * 64, digits.pixels().length);
    assertEquals(178, count(digits, 0));
    for (float pixel : digits.pixels()) {
      assertTrue(pixel >= 0 && pixel <= 1);
    }
  }

  @Test
  void eachDigitHasItsShareInBothParts() {
    var digits = Digits.load();
    var split = digits.split(1);

    assertEquals(digits.rows(), split.training().rows() + split.heldOut().rows());
    for (int digit = 0; digit < Digits.CLASSES; digit++) {
      assertEquals(Math.round(count(digits, digit) / 5f), count(split.heldOut(), digit));
    }
  }

  @Test
  void oneEpochLowersTheLoss() {
    var training = new DigitTraining(Digits.load().split(1));
    var first = training.epoch();
    var second = training.epoch();

    assertTrue(second.trainingLoss() < first.trainingLoss());
    assertTrue(second.heldOutLoss() < first.heldOutLoss());
    assertTrue(second.accuracy() > 0.8);
    assertTrue(second.perplexity() < first.perplexity());
  }
}
