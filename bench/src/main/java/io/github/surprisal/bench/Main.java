package io.github.surprisal.bench;

import io.github.surprisal.bench.accuracy.AccuracyCommand;
import io.github.surprisal.bench.conformance.Compare;
import io.github.surprisal.bench.conformance.Evaluate;
import io.github.surprisal.bench.demo.DemoCommand;
import io.github.surprisal.bench.report.ReportCommand;
import io.github.surprisal.bench.speed.BenchCommand;
import io.github.surprisal.bench.speed.TurnsCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Properties;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line {@code surprisal}: 0 all is well, 1 a check failed, 2 wrong usage. */
@Command(
    name = "surprisal",
    description =
        "Machine-learning losses and their gradients: run them, check them, measure them.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    subcommands = {
      DemoCommand.class,
      BenchCommand.class,
      TurnsCommand.class,
      ReportCommand.class,
      AccuracyCommand.class,
      Evaluate.class,
      Compare.class,
      LossesCommand.class,
      GenerateCompletion.class
    })
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** All commands; a failure is one line on the error stream, not a stack trace. */
  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Main());
    // As wide as the terminal, and no word of a description cut.
    commandLine.setUsageHelpAutoWidth(true).setUsageHelpLongOptionsMaxWidth(30);
    addSubcommands(commandLine);
    // Not in the annotation, which demo would inherit, and that runs without a subcommand too.
    commandLine.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
    commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
      command.getErr().println("surprisal: " + Failure.describe(failure));
      return command.getCommandSpec().exitCodeOnExecutionException();
    });
    return commandLine;
  }

  /** Names in the help of the top what is below the commands. */
  private static void addSubcommands(CommandLine top) {
    var below = new ArrayList<String>();
    for (var command : top.getSubcommands().values()) {
      for (var sub : command.getSubcommands().values()) {
        String name = command.getCommandName() + " " + sub.getCommandName();
        below.add("  " + name + "  " + sub.getCommandSpec().usageMessage().description()[0]);
      }
    }
    top.getCommandSpec().usageMessage().footer(below.toArray(String[]::new));
    top.getCommandSpec().usageMessage().footerHeading("%nBelow these:%n");
  }

  /** The version that Maven writes into the jar. */
  static final class Version implements IVersionProvider {
    private static final String PROPERTIES =
        "/META-INF/maven/io.github.surprisal/surprisal-bench/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
      var properties = new Properties();
      try (var in = Main.class.getResourceAsStream(PROPERTIES)) {
        if (in != null) {
          properties.load(in);
        }
      }
      return new String[] {"surprisal " + properties.getProperty("version", "(not packaged)")};
    }
  }
}
