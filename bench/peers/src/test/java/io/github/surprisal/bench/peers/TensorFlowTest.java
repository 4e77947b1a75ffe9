package io.github.surprisal.bench.peers;

final class TensorFlowTest extends PeerContract {
  TensorFlowTest() {
    super(new TensorFlow());
  }
}
