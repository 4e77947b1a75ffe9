package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.Machine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code surprisal bench}: measures with JMH and prints a table. */
@Command(
    name = "bench",
    description = {
      "Measures speed against plain Java, the textbook and a copy, with JMH.",
      "The short form takes about half a minute a shape."
    })
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "ROWSxCLASSES",
      converter = ShapeConverter.class,
      defaultValue = "32x10,4096x1000,256x32000",
      description = "Sizes of batches (default: ${DEFAULT-VALUE}).")
  private List<Shape> shapes;

  @Option(
      names = "--type",
      split = ",",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = "Element types: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private List<ElementType> types;

  @Option(
      names = "--loss",
      split = ",",
      paramLabel = "LOSS",
      defaultValue = "cross-entropy",
      description = "Losses: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private List<MeasuredLoss> losses;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "JVMs per benchmark (default: 1, with --full 3).")
  private Integer forks;

  @Option(
      names = "--full",
      description = "Iterations and forks as the benchmark states them: minutes per batch.")
  private boolean full;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes JMH's own results.")
  private Path json;

  /** Made by picocli. */
  public BenchCommand() {}

  @Override
  public Integer call() throws RunnerException {
    var out = spec.commandLine().getOut();
    var run = new SpeedRun(shapes, types, losses);
    Machine.describe().forEach(out::println);
    out.println();
    out.flush();
    print(measure(run), out);
    return spec.exitCodeOnSuccess();
  }

  private SpeedTable measure(SpeedRun run) throws RunnerException {
    var progress = new BenchmarkProgress(run.size());
    try (progress) {
      return run.measure(options(run), progress);
    } catch (RunnerException e) {
      spec.commandLine().getErr().println(progress.said());
      throw e;
    }
  }

  private ChainedOptionsBuilder options(SpeedRun run) {
    var options = run.options();
    if (!full) {
      options
          .forks(1)
          .warmupIterations(3)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(3)
          .measurementTime(TimeValue.milliseconds(200));
    }
    if (forks != null) {
      options.forks(forks);
    }
    return json == null
        ? options
        : options.resultFormat(ResultFormatType.JSON).result(json.toString());
  }

  private static void print(SpeedTable table, PrintWriter out) {
    out.println(table.render());
    out.println();
    SpeedTable.LEGEND.forEach(out::println);
    out.flush();
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
