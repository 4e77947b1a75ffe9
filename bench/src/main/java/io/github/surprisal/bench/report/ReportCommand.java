package io.github.surprisal.bench.report;

import io.github.surprisal.bench.Failure;
import io.github.surprisal.bench.page.HtmlPage;
import io.github.surprisal.bench.speed.SpeedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code surprisal report}: a page of charts from results, or what changed between two. */
@Command(
    name = "report",
    description = {
      "Writes one page of charts from the JSON of surprisal bench.",
      "With --compare it prints what changed between two files, and exits with 1 if this library"
          + " became slower."
    })
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Results; with --compare two.")
  private List<Path> files;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "The page to write (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(names = "--compare", description = "Compares an old file with a new one.")
  private boolean compare;

  /** Made by picocli. */
  public ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    for (var file : files) {
      String reason = Failure.ofReading(file);
      if (reason != null) {
        throw new ParameterException(spec.commandLine(), reason);
      }
    }
    if (!compare) {
      HtmlPage.check(output, spec);
      ReportPage.write(SpeedResults.read(files), output);
      out.println("Wrote " + output.toAbsolutePath());
      return ExitCode.OK;
    }
    if (files.size() != 2) {
      throw new ParameterException(
          spec.commandLine(),
          "--compare has " + files.size() + " files, expected an old and a new");
    }
    var before = SpeedResults.read(files.subList(0, 1));
    var after = SpeedResults.read(files.subList(1, 2));
    if (!before.machine().path("CPU").equals(after.machine().path("CPU"))) {
      out.println("These are of different machines, the ratios mean little:");
      out.println("  " + before.machine().path("CPU").asText());
      out.println("  " + after.machine().path("CPU").asText());
    }
    var comparison = Comparison.of(before, after);
    out.println(comparison.render());
    return comparison.hasRegression() ? ExitCode.SOFTWARE : ExitCode.OK;
  }
}
