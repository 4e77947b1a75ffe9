package io.github.surprisal.bench.peers;

final class SmileTest extends PeerContract {
  SmileTest() {
    super(new Smile());
  }

  @Override
  double confidentLoss(double truth) {
    return Double.POSITIVE_INFINITY;
  }
}
