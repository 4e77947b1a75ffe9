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

  /**
   * Some peers.
   *
   * @param names of them, or null for all
   * @param withOthers whether other libraries must be among those there are
   */
  public static List<Peer> select(List<String> names, boolean withOthers) {
    var own = Peer.class.getPackage();
    if (withOthers && ALL.stream().allMatch(peer -> peer.getClass().getPackage() == own)) {
      throw new IllegalArgumentException(
          "--peers: no other library is on the class path, expected to be run by ./surprisal");
    }
    return names == null ? ALL : names.stream().map(Peers::named).toList();
  }
}
