package io.github.surprisal.bench.demo;

import java.util.Arrays;

/**
 * What counting words predicts, for scale. Computed in plain double arithmetic, without the
 * library. With n counts of the training text, N its length and V the number of different words,
 *
 * <pre>
 *   unigram  P(w)   = (n(w) + 1) / (N + V)
 *   bigram   P(w|c) = (n(c, w) + m P(w)) / (n(c) + m)
 * </pre>
 *
 * a bigram that leans on the unigram as much as m pairs seen would: the more often a word occurred,
 * the less.
 *
 * @see <a href="https://doi.org/10.1017/S1351324900000218">MacKay and Peto (1995), A hierarchical
 *     Dirichlet language model</a>
 */
final class CountedBigram {

  /** What m is chosen from. */
  private static final double[] STRENGTHS = {
    1, 2, 5, 10, 20, 50, 100, 150, 200, 300, 400, 500, 700, 1000, 2000, 5000
  };

  private final BigramCounts training;
  private final double strength;

  /** The model with the m that predicts the training text best, each pair as if never seen. */
  static CountedBigram tuned(BigramCounts training) {
    return Arrays.stream(STRENGTHS)
        .mapToObj(strength -> new CountedBigram(training, strength))
        .min((a, b) -> Double.compare(a.leaveOneOut(), b.leaveOneOut()))
        .orElseThrow();
  }

  /** The model with a given m. */
  CountedBigram(BigramCounts training, double strength) {
    this.training = training;
    this.strength = strength;
  }

  /** How well words alone predict another text. */
  TextScore unigram(BigramCounts text) {
    double nats = 0;
    for (int w = 0; w < text.words; w++) {
      nats -= text.wordTotals[w] * Math.log(probability(w));
    }
    return new TextScore(nats / text.total);
  }

  /** How well pairs of words predict another text. */
  TextScore bigram(BigramCounts text) {
    double nats = 0;
    for (int c = 0; c < text.words; c++) {
      for (int i = text.rowStarts[c]; i < text.rowStarts[c + 1]; i++) {
        nats -= text.counts[i] * Math.log(probability(c, text.next[i], count(c, text.next[i]), 0));
      }
    }
    return new TextScore(nats / text.total);
  }

  /** Mean negative log-likelihood of each pair of the training text, by all the others. */
  private double leaveOneOut() {
    double nats = 0;
    for (int c = 0; c < training.words; c++) {
      for (int i = training.rowStarts[c]; i < training.rowStarts[c + 1]; i++) {
        int n = training.counts[i];
        nats -= n * Math.log(probability(c, training.next[i], n, 1));
      }
    }
    return nats / training.total;
  }

  private double probability(int word) {
    return (training.wordTotals[word] + 1.0) / (training.total + training.words);
  }

  private double probability(int context, int word, int count, int leftOut) {
    double all = training.contextTotals[context] - leftOut;
    return (count - leftOut + strength * probability(word)) / (all + strength);
  }

  private int count(int context, int word) {
    int at =
        Arrays.binarySearch(
            training.next, training.rowStarts[context], training.rowStarts[context + 1], word);
    return at < 0 ? 0 : training.counts[at];
  }
}
