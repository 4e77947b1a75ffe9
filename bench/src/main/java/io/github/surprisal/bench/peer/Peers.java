package io.github.surprisal.bench.peer;

import java.util.List;
import java.util.ServiceLoader;

/** Whatever peers the class path has, this library first. */
public final class Peers {
  private static final List<Peer> ALL =
      ServiceLoader.load(Peer.class).stream().map(ServiceLoader.Provider::get).toList();

  private Peers() {}

  /** All of them. */
  public static List<Peer> all() {
    return ALL;
  }

  /** The peer of this name. */
  public static Peer named(String name) {
    return ALL.stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "peer = %s, expected one of %s"
                    .formatted(name, ALL.stream().map(Peer::name).toList())));
  }
}
