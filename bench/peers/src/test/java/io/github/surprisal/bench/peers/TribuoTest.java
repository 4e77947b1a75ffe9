package io.github.surprisal.bench.peers;

final class TribuoTest extends PeerContract {
  TribuoTest() {
    super(new Tribuo());
  }

  @Override
  double confidentLoss(double truth) {
    return Double.POSITIVE_INFINITY;
  }
}
