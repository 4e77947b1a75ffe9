package io.github.surprisal.bench.accuracy;

import io.github.surprisal.bench.Progress;
import io.github.surprisal.bench.Selection;
import io.github.surprisal.bench.TextTable;
import io.github.surprisal.bench.conformance.loss.AllowedErrors;
import io.github.surprisal.bench.conformance.loss.CaseLosses;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.Workload;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code surprisal accuracy}: how near losses come to the oracle, by regime and peer. */
@Command(
    name = "accuracy",
    description = {
      "Compares each loss and gradient with an oracle of 100 digits, in float32 ulps of the largest"
          + " term, on numbers from tiny to diverged, and shows the worst, beside what the kernels"
          + " promise for gradient and mean loss. Takes a minute."
    })
public final class AccuracyCommand implements Callable<Integer> {
  private static final Shape OF_ROWS = new Shape(20, 50);
  private static final Shape OF_ELEMENTS = new Shape(1, 1000);
  private static final List<String> HEADER =
      List.of(
          "loss",
          "regime",
          "peer",
          "max ulp",
          "promised",
          "mean ulp",
          "loss ulp",
          "promised",
          "the worst");

  @Spec private CommandSpec spec;

  @Mixin private Selection selection;

  @Option(
      names = "--regime",
      split = ",",
      paramLabel = "REGIME",
      description = "${COMPLETION-CANDIDATES} (default: all).")
  private List<Regime> regimes;

  /** Made by picocli. */
  public AccuracyCommand() {}

  @Override
  public Integer call() {
    var peers = selection.peers();
    var selected = selection.losses();
    var scales = regimes == null ? List.of(Regime.values()) : regimes;
    List<List<String>> rows = new ArrayList<>();
    try (var bar = Progress.bar("Trying", selected.size() * scales.size())) {
      for (var loss : selected) {
        for (var regime : scales) {
          addRows(rows, loss, regime, peers);
          bar.step();
        }
      }
    }
    spec.commandLine().getOut().println(new TextTable(3, HEADER, rows).render());
    return ExitCode.OK;
  }

  private static void addRows(
      List<List<String>> rows, MeasuredLoss loss, Regime regime, List<Peer> peers) {
    var workload = loss.draw(loss.isOfRows() ? OF_ROWS : OF_ELEMENTS, regime.scale);
    var truth = Truth.of(workload);
    for (var peer : peers) {
      if (peer.computes() && peer.has(loss.name())) {
        List<String> row = new ArrayList<>(List.of(loss.name(), regime.toString(), peer.name()));
        row.addAll(figures(peer, workload, truth, CaseLosses.allowedErrors(loss.caseName())));
        rows.add(row);
      }
    }
  }

  /**
   * A peer that fails does not end the sweep: two libraries that bring the same native code, such
   * as DJL beside libtorch, exclude each other in one JVM.
   */
  private static List<String> figures(
      Peer peer, Workload workload, Truth truth, AllowedErrors allowed) {
    try {
      var accuracy = Accuracy.of(peer, workload, truth);
      int n = workload.columns();
      return List.of(
          number(accuracy.maxUlp()),
          number(allowed.of("gradients", Dtype.FLOAT32, n, workload.elements())),
          number(accuracy.meanUlp()),
          number(accuracy.lossUlp()),
          number(allowed.of("loss", Dtype.FLOAT32, n, 1)),
          accuracy.witness());
    } catch (RuntimeException | LinkageError e) {
      String hint = "failed, perhaps not alone (--peer %s): %s";
      return List.of("-", "-", "-", "-", "-", hint.formatted(peer.name(), e.getMessage()));
    }
  }

  private static String number(double ulps) {
    return String.format(Locale.ROOT, ulps > 1e5 ? "%.0e" : "%.2f", ulps);
  }
}
