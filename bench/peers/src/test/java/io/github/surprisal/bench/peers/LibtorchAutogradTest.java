package io.github.surprisal.bench.peers;

final class LibtorchAutogradTest extends PeerContract {
  LibtorchAutogradTest() {
    super(new LibtorchAutograd());
  }
}
