package io.github.surprisal.bench.demo;

import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Arrays;

/** Scores the network on a text, every word of it a row with a label. */
final class HeldOutWords {
  private static final int ROWS = 64;

  private final CrossEntropy loss = CrossEntropy.builder().build();
  private final BigramCounts text;
  private final float[] logits;

  HeldOutWords(BigramCounts text) {
    this.text = text;
    logits = new float[ROWS * text.words];
  }

  TextScore score(BigramNetwork network) {
    var total = new LossSum();
    for (int c = 0; c < text.words; c++) {
      if (text.contextTotals[c] > 0) {
        add(c, network, total);
      }
    }
    return new TextScore(total.mean());
  }

  /** All that follows one word: its logits are the same in every row. */
  private void add(int context, BigramNetwork network, LossSum total) {
    int[] labels = labels(context);
    network.forward(new int[] {context}, logits);
    for (int row = 1; row < Math.min(ROWS, labels.length); row++) {
      System.arraycopy(logits, 0, logits, row * text.words, text.words);
    }
    for (int from = 0; from < labels.length; from += ROWS) {
      int[] some = Arrays.copyOfRange(labels, from, Math.min(from + ROWS, labels.length));
      var rows = Matrix.of(logits, some.length, text.words);
      loss.loss(Batch.of(rows, some).sum(total));
    }
  }

  private int[] labels(int context) {
    int[] labels = new int[text.contextTotals[context]];
    int to = 0;
    for (int i = text.rowStarts[context]; i < text.rowStarts[context + 1]; i++) {
      Arrays.fill(labels, to, to + text.counts[i], text.next[i]);
      to += text.counts[i];
    }
    return labels;
  }
}
