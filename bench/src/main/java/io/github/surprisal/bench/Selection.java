package io.github.surprisal.bench;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.Peers;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of commands that compare peers: which losses, and whose. */
public final class Selection {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--loss",
      split = ",",
      paramLabel = "LOSS",
      description = "Losses by name or class, as surprisal losses lists them, or all.")
  private List<String> losses;

  @Option(
      names = "--peer",
      split = ",",
      paramLabel = "PEER",
      description = "Who computes (default: all there are, or those that the command names).")
  private List<String> peers;

  @Option(names = "--peers", description = "Adds other libraries; downloads them first if need be.")
  private boolean withOthers;

  /** Made by picocli. */
  public Selection() {}

  /** The losses that were named, or else this one. */
  public List<MeasuredLoss> lossesOr(String name) {
    return losses == null ? List.of(MeasuredLosses.named(name)) : losses();
  }

  /** Whether losses were named. */
  public boolean hasLosses() {
    return losses != null;
  }

  /** The losses that were named, or all. */
  public List<MeasuredLoss> losses() {
    return checked(() -> MeasuredLosses.select(losses));
  }

  /** The peers that were named, or all. */
  public List<Peer> peers() {
    return checked(() -> Peers.select(peers, withOthers));
  }

  /** The peers that were named, or of these names whichever there are. */
  public List<Peer> peersOr(List<String> names) {
    return peers != null
        ? peers()
        : peers().stream().filter(peer -> names.contains(peer.name())).toList();
  }

  private <T> T checked(Supplier<T> selected) {
    try {
      return selected.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
