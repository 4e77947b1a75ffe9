package io.github.surprisal.bench.peers;

final class OnnxRuntimeTest extends PeerContract {
  OnnxRuntimeTest() {
    super(new OnnxRuntime());
  }
}
