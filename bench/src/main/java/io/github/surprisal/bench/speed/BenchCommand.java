package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.Failure;
import io.github.surprisal.bench.Machine;
import io.github.surprisal.bench.Selection;
import io.github.surprisal.bench.workload.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code surprisal bench}: measures with JMH and prints a table. */
@Command(
    name = "bench",
    description = {
      "Measures the speed of losses with JMH, beside peers, and checks what they compute.",
      "Without a selection it measures a few shapes of a few losses, which takes four minutes."
    })
public final class BenchCommand implements Callable<Integer> {
  /** How often a time that varies too much is measured again, at most. */
  private static final int REPEATS = 2;

  @Spec private CommandSpec spec;

  @Mixin private Selection selection;

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "ROWSxCLASSES",
      converter = ShapeConverter.class,
      description = "Sizes of batches (default: from one row to beyond the caches).")
  private List<Shape> shapes;

  @Option(
      names = "--what",
      split = ",",
      paramLabel = "WHAT",
      description =
          "loss, lossAndGradient, or arrays: both from Java arrays (default: lossAndGradient).")
  private List<String> methods;

  @Option(
      names = "--all-threads",
      description = "Measures peers that can use many threads with all as well.")
  private boolean allThreads;

  @Option(
      names = "--quick",
      description = "Few shapes of few losses, briefly: four minutes. The default.")
  private boolean quick;

  @Option(
      names = "--full",
      description = "Everything that is not deselected, in 3 JVMs of 10 s each: many hours.")
  private boolean full;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes results for report.")
  private Path json;

  /** Made by picocli. */
  public BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    String reason = json == null ? null : Failure.ofWriting(json);
    if (reason != null) {
      throw wrong("--json: " + reason);
    }
    var run = new SpeedRun(plan(), this::timing, REPEATS);
    Machine.describe().forEach(out::println);
    out.println("Pinned   " + (Pinned.cpus().isEmpty() ? "no" : "to CPU " + Pinned.cpus()));
    selection.peers().forEach(p -> out.println("%-8s %s".formatted(p.name(), p.description())));
    out.println();
    out.flush();
    // What was measured is printed and written, whether all was or somebody interrupts.
    var ending = Interruptible.onInterrupt(() -> finish(run, out, true));
    try (var progress = new BenchmarkProgress(run.ceilings() + run.losses())) {
      run.measureCeilings(progress);
      run.measureLosses(progress);
    }
    ending.run(() -> finish(run, out, false));
    return run.failures().isEmpty() ? spec.exitCodeOnSuccess() : 1;
  }

  private void finish(SpeedRun run, PrintWriter out, boolean interrupted) throws IOException {
    var results = run.results();
    if (json != null) {
      results.write(json);
    }
    if (interrupted) {
      out.println();
      int measured = results.entries().size();
      int all = run.ceilings() + run.losses();
      out.println("Interrupted: %d of %d were measured.".formatted(measured, all));
    }
    results.ceilings().forEach(ceiling -> out.println(ceiling.describe()));
    out.println();
    out.println(new SpeedTable(results.speeds()).render());
    out.println();
    SpeedTable.LEGEND.forEach(out::println);
    if (!interrupted) { // else what was interrupted is the failure
      run.failures().forEach(spec.commandLine().getErr()::println);
    }
    out.flush();
  }

  private SpeedPlan plan() {
    boolean selects =
        selection.hasLosses() || shapes != null || methods != null || allThreads || full;
    if (quick && selects) {
      throw wrong("--quick is a fixed selection, and goes with --peer and --json alone");
    }
    if (!selects) {
      return SpeedPlan.quick(selection.peers());
    }
    int processors = Runtime.getRuntime().availableProcessors();
    boolean every = full && methods == null;
    return SpeedPlan.of(
        selection.peers(),
        full ? selection.losses() : selection.lossesOr("cross_entropy"),
        shapes,
        (allThreads || full) && processors > 1 ? List.of(1, processors) : List.of(1),
        every ? List.of("loss", "lossAndGradient", "arrays") : selectedMethods());
  }

  private List<String> selectedMethods() {
    var all = List.of("loss", "lossAndGradient", "arrays");
    var selected = methods == null ? List.of("lossAndGradient") : methods;
    if (!all.containsAll(selected)) {
      throw wrong("--what = %s, expected some of %s".formatted(selected, all));
    }
    return selected;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private ChainedOptionsBuilder timing() {
    return full ? new OptionsBuilder() : SpeedRun.brief();
  }

  /** Reads a shape. */
  static final class ShapeConverter implements ITypeConverter<Shape> {
    @Override
    public Shape convert(String text) {
      try {
        return Shape.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
