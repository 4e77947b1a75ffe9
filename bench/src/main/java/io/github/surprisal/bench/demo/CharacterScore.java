package io.github.surprisal.bench.demo;

/**
 * How well a text was predicted.
 *
 * @param nats mean negative log-likelihood of a character
 */
record CharacterScore(double nats) {

  /** Bits per character: what a coder with these predictions would need. */
  double bits() {
    return nats / Math.log(2);
  }

  /** The number of characters among which a uniform guess would be as good. */
  double perplexity() {
    return Math.exp(nats);
  }
}
