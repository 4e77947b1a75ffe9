package io.github.surprisal.bench.peers;

final class OnednnTest extends PeerContract {
  OnednnTest() {
    super(new Onednn());
  }
}
