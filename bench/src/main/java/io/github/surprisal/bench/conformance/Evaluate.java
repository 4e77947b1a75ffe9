package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.conformance.protocol.LineReader;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code surprisal evaluate}: cases in, results out. */
@Command(
    name = "evaluate",
    description =
        "Runs the cases of the standard input, one a line, and writes one result a line, in the"
            + " same order. A case that cannot be run gives a line that says why. The lines are"
            + " described in docs/conformance.md.")
public final class Evaluate implements Callable<Integer> {
  @Option(
      names = "--engine",
      defaultValue = "kernel",
      paramLabel = "kernel|reference",
      description = "The SIMD kernels, or the oracle. Default: ${DEFAULT-VALUE}.")
  private Engine engine;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description = "Cases to run at a time. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--max-line",
      paramLabel = "BYTES",
      description =
          "The longest line that is read. Default: 64 MiB, or a sixteenth of the heap if that is"
              + " less.")
  private int longest = (int) Math.min(1 << 26, Runtime.getRuntime().maxMemory() / 16);

  @Spec private CommandSpec spec;

  /** Made by the command line. */
  public Evaluate() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(threads >= 1 && threads <= 1024, "--threads", threads, "1 to 1024");
    require(longest >= 1 && longest <= 1 << 30, "--max-line", longest, "1 to 1073741824");
    var lines = new LineReader(new FileInputStream(FileDescriptor.in), longest);
    var evaluator = new Evaluator(engine, longest);
    // Not System.out, which hides that a reader has gone.
    try (var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      if (threads == 1) {
        evaluate(lines, evaluator, out);
      } else {
        new OrderedEvaluation(evaluator, threads, longest).run(lines, out);
      }
    }
    return 0;
  }

  private static void evaluate(LineReader lines, Evaluator evaluator, OutputStream out)
      throws IOException {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      out.write(evaluator.evaluate(line));
      if (lines.mayBlock()) {
        out.flush(); // whoever waits for this result before writing the next case
      }
    }
  }

  private void require(boolean holds, String option, int value, String rule) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), option + " = " + value + ", expected " + rule);
    }
  }
}
