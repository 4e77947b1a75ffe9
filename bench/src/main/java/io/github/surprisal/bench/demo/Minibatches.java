package io.github.surprisal.bench.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows of a training set in small batches, in a new order for each epoch. */
final class Minibatches {
  private final int[] order;
  private final int size;
  private final Random random;

  /** Batches of {@code size} rows, the last one of an epoch maybe smaller. */
  Minibatches(int rows, int size, Random random) {
    order = new int[rows];
    Arrays.setAll(order, i -> i);
    this.size = size;
    this.random = random;
  }

  /** Each row once, shuffled. */
  List<int[]> epoch() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    var batches = new ArrayList<int[]>();
    for (int from = 0; from < order.length; from += size) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(from + size, order.length)));
    }
    return batches;
  }
}
