package io.github.surprisal.bench;

import io.github.surprisal.bench.conformance.loss.CaseLosses;
import io.github.surprisal.bench.conformance.loss.Loss;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.catalog.Values;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code surprisal losses}: what the other commands call them. */
@Command(
    name = "losses",
    description = "Lists the losses by the names that bench, turns, accuracy and evaluate know.")
public final class LossesCommand implements Runnable {
  private static final List<String> HEADER =
      List.of("loss", "class", "predictions", "targets", "measured", "evaluate");

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public LossesCommand() {}

  @Override
  public void run() {
    var cases = CaseLosses.all().stream().map(Loss::name).toList();
    var measured =
        MeasuredLosses.ALL.stream().collect(Collectors.toMap(MeasuredLoss::name, loss -> loss));
    var rows =
        Stream.concat(measured.keySet().stream(), cases.stream())
            .distinct()
            .sorted()
            .map(name -> row(name, measured.get(name), cases.contains(name)))
            .toList();
    var out = spec.commandLine().getOut();
    out.println(new TextTable(6, HEADER, rows).render());
    out.flush();
  }

  /** A function of rows is no loss, and not measured. */
  private static List<String> row(String name, MeasuredLoss measured, boolean isOfCases) {
    String isMeasured = measured == null ? "" : "yes";
    String isEvaluated = isOfCases ? "yes" : "";
    return measured == null
        ? List.of(name, "", "", "", isMeasured, isEvaluated)
        : List.of(
            name,
            measured.className(),
            word(measured.predictions()),
            word(measured.targets()),
            isMeasured,
            isEvaluated);
  }

  private static String word(Values values) {
    return values.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
