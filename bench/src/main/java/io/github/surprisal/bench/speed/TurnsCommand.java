package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.Machine;
import io.github.surprisal.bench.Progress;
import io.github.surprisal.bench.Selection;
import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.Peers;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code surprisal turns}: ratios of times on a machine that others use too. */
@Command(
    name = "turns",
    description = {
      "Measures losses and shapes in turns of a few milliseconds, in this JVM, after every loss"
          + " has run in it.",
      "Where others use the machine, its speed changes by the second: then ratios of times taken"
          + " one after the other, as bench does, are of the neighbours.",
      "Unless peers are named: this library, plain-loop, plain-java and copy, and with --peers"
          + " libtorch-autograd, onednn and onednn-softmax, as multiples of the first."
    })
public final class TurnsCommand implements Callable<Integer> {
  /** Who is measured unless peers are named, of those there are; not all can share a JVM. */
  private static final List<String> PEERS =
      List.of(
          "surprisal",
          "plain-loop",
          "plain-java",
          "copy",
          "libtorch-autograd",
          "onednn",
          "onednn-softmax");

  @Spec private CommandSpec spec;

  @Mixin private Selection selection;

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "ROWSxCLASSES",
      converter = BenchCommand.ShapeConverter.class,
      description = "Sizes of batches (default: ${DEFAULT-VALUE}).",
      defaultValue = "4096x1000,8192x10,8192x100")
  private List<Shape> shapes;

  @Option(
      names = "--seconds",
      description = "How long to measure, for each case (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private double seconds;

  /** Made by picocli. */
  public TurnsCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(seconds > 0 && seconds <= 3600)) {
      String wrong = "--seconds = %s, expected more than 0 and at most 3600".formatted(seconds);
      throw new ParameterException(spec.commandLine(), wrong);
    }
    var jobs = plan().jobs();
    var out = spec.commandLine().getOut();
    Machine.describe().forEach(out::println);
    out.println();
    out.flush();
    EveryLoss.run();
    var prepared = new ArrayList<PreparedLoss>();
    try {
      var cases = new ArrayList<Turns.Case>();
      for (var job : jobs) {
        var workload = MeasuredLosses.named(job.loss()).draw(job.shape());
        PreparedLoss loss = Peers.named(job.peer()).prepare(workload, 1);
        prepared.add(loss);
        cases.add(new Turns.Case(job.toString(), job.shape().elements(), loss::lossAndGradient));
        WarmUp.run(loss::lossAndGradient);
      }
      var turns = new Turns(cases, System::nanoTime);
      var ending = Interruptible.onInterrupt(() -> show(turns));
      measure(turns, 1e9 * seconds * cases.size());
      ending.run(() -> show(turns));
    } finally {
      prepared.forEach(PreparedLoss::close);
    }
    return spec.exitCodeOnSuccess();
  }

  /** The cases in the order of their turns. */
  SpeedPlan plan() {
    var peers = selection.peersOr(PEERS);
    var losses = selection.lossesOr("cross_entropy");
    var plan = SpeedPlan.of(peers, losses, shapes, List.of(1), List.of("lossAndGradient"));
    if (plan.jobs().isEmpty()) {
      String wrong =
          "--peer = %s, expected one that has one of the losses %s"
              .formatted(peers.stream().map(Peer::name).toList(), losses);
      throw new ParameterException(spec.commandLine(), wrong);
    }
    return plan;
  }

  /** All rounds, or those there were before somebody interrupted. */
  private void show(Turns turns) {
    var out = spec.commandLine().getOut();
    if (turns.rounds() == 0) {
      out.println("Interrupted before the first round.");
    } else {
      out.println(turns.table().render());
      if (turns.advice() != null) {
        out.println();
        out.println(turns.advice());
      }
      out.println();
      Turns.LEGEND.forEach(out::println);
    }
    out.flush();
  }

  private static void measure(Turns turns, double nanos) {
    try (var progress = Progress.bar("Measuring", 100)) {
      long start = System.nanoTime();
      for (long passed = 0; passed < nanos; passed = System.nanoTime() - start) {
        turns.round();
        progress.stepTo((long) (100 * passed / nanos));
      }
      progress.stepTo(100);
    }
  }
}
