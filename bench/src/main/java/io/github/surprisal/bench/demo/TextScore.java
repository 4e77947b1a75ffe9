package io.github.surprisal.bench.demo;

/**
 * How well a text was predicted, symbol by symbol; symbols are characters, or words.
 *
 * @param nats mean negative log-likelihood of a symbol
 */
record TextScore(double nats) {

  /** Bits per symbol: what a coder with these predictions would need. */
  double bits() {
    return nats / Math.log(2);
  }

  /** The number of symbols among which a uniform guess would be as good. */
  double perplexity() {
    return Math.exp(nats);
  }
}
