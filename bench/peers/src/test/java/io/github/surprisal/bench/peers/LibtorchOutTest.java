package io.github.surprisal.bench.peers;

final class LibtorchOutTest extends PeerContract {
  LibtorchOutTest() {
    super(new LibtorchOut());
  }
}
