package io.github.surprisal.bench.peers;

final class DjlTest extends PeerContract {
  DjlTest() {
    super(new Djl());
  }
}
