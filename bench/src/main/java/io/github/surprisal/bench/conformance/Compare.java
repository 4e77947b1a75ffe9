package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.Failure;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.LineReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code surprisal compare}: how far are results from the truth. */
@Command(
    name = "compare",
    description =
        "Compares results with those of the reference engine, or of anyone, and prints the worst"
            + " error of each output in ulps of its largest term, with the bound it must keep."
            + " Described in docs/conformance.md.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every bound holds",
      "1:a bound is broken, a result is missing, or an error is on one side only",
      "2:wrong usage, or a file that cannot be read"
    })
public final class Compare implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TRUTH", description = "Results to trust.")
  private Path truth;

  @Parameters(index = "1", paramLabel = "MINE", description = "Results to check.")
  private Path mine;

  @Option(
      names = "--cases",
      paramLabel = "FILE",
      description =
          "The cases, in the order of TRUTH. Needed where TRUTH is not by the reference engine:"
              + " the oracle then says of each case how large its terms are.")
  private Path cases;

  @Option(
      names = "--dtype",
      defaultValue = "float32",
      description =
          "The type of results that neither TRUTH nor --cases tells of. Default: ${DEFAULT-VALUE}.")
  private String dtype;

  @Option(
      names = "--max-line",
      defaultValue = "268435456",
      paramLabel = "BYTES",
      description = "The longest line that is read, 256 MiB by default.")
  private int longest;

  @Spec private CommandSpec spec;

  /** Made by the command line. */
  public Compare() {}

  @Override
  public Integer call() throws IOException {
    var worst = new WorstErrors(dtype());
    try (var truthIn = Files.newInputStream(readable(truth));
        var mineIn = Files.newInputStream(readable(mine));
        var casesIn = cases == null ? null : Files.newInputStream(readable(cases))) {
      var oracle = casesIn == null ? null : new CaseOracle(new LineReader(casesIn, longest));
      new Pairing(worst, oracle)
          .run(new LineReader(truthIn, longest), new LineReader(mineIn, longest));
    }
    PrintWriter out = spec.commandLine().getOut();
    worst.print(out);
    out.flush();
    return worst.failed() ? 1 : 0;
  }

  private Dtype dtype() {
    try {
      return Dtype.named(dtype);
    } catch (CaseException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }

  private Path readable(Path file) {
    String reason = Failure.ofReading(file);
    if (reason != null) {
      throw new ParameterException(spec.commandLine(), reason);
    }
    return file;
  }
}
