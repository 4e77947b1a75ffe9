package io.github.surprisal.bench;

import io.github.surprisal.bench.conformance.loss.Loss;
import io.github.surprisal.bench.conformance.loss.Losses;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code surprisal losses}: what the other commands call them. */
@Command(
    name = "losses",
    description = "Lists the losses by the names that bench, turns, accuracy and evaluate know.")
public final class LossesCommand implements Runnable {
  private static final List<String> HEADER = List.of("loss", "class", "measured", "evaluate");

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public LossesCommand() {}

  @Override
  public void run() {
    var cases = Losses.all().stream().map(Loss::name).toList();
    var measured = MeasuredLosses.ALL.stream().map(MeasuredLoss::name).toList();
    var rows =
        Stream.concat(measured.stream(), cases.stream())
            .distinct()
            .sorted()
            .map(name ->
                List.of(
                    name,
                    measured.contains(name) ? MeasuredLosses.named(name).className() : "",
                    measured.contains(name) ? "yes" : "",
                    cases.contains(name) ? "yes" : ""))
            .toList();
    var out = spec.commandLine().getOut();
    out.println(new TextTable(4, HEADER, rows).render());
    out.flush();
  }
}
