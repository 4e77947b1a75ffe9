package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.conformance.loss.CaseLosses;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Id;
import io.github.surprisal.bench.conformance.protocol.Oracle;
import io.github.surprisal.bench.conformance.protocol.Outcome;
import io.github.surprisal.bench.conformance.protocol.Result;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The worst error of each output of each loss, and what else is wrong. */
final class WorstErrors {
  private static final int FAILURES_SHOWN = 20;
  private static final String ROW = "%-32s %-9s %-28s %10s %12s %8s  %s%n";

  private final Dtype unknownDtype;
  private final Map<String, Worst> worst = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private long failed;
  private long agreedErrors;

  /** Results that no one tells the type of are of {@code unknownDtype}. */
  WorstErrors(Dtype unknownDtype) {
    this.unknownDtype = unknownDtype;
  }

  /** One line of the table: the case that comes nearest to its bound, or breaks it most. */
  private static final class Worst {
    final String loss;
    final Dtype dtype;
    final String output;
    long cases;
    long broken;
    double share = -1;
    double error;
    double bound;
    Id id;

    Worst(String loss, Dtype dtype, String output) {
      this.loss = loss;
      this.dtype = dtype;
      this.output = output;
    }

    void add(double caseError, double caseBound, Id caseId) {
      cases++;
      broken += caseError <= caseBound ? 0 : 1;
      double caseShare = caseError == 0 ? 0 : caseError / caseBound;
      if (caseShare > share) {
        share = caseShare;
        error = caseError;
        bound = caseBound;
        id = caseId;
      }
    }
  }

  /** Whether anything is wrong. */
  boolean failed() {
    return failed > 0 || worst.values().stream().anyMatch(w -> w.broken > 0);
  }

  /** Something is wrong other than a number. */
  void fail(Id id, String what) {
    failed++;
    if (failures.size() < FAILURES_SHOWN) {
      failures.add((id == null ? "" : id + ": ") + what);
    }
  }

  /** Takes in two results of one case. */
  void judge(Result truth, Result mine) {
    if (truth.error() != null && mine.error() != null) {
      agreedErrors++;
    } else if (truth.error() != null || mine.error() != null) {
      fail(
          truth.id(),
          truth.error() != null
              ? "is an error in the truth alone: " + truth.error()
              : "is an error in the results alone: " + mine.error());
    } else {
      judge(truth.id(), truth.outcome(), mine.outcome(), truth.oracle());
    }
  }

  private void judge(Id id, Outcome truth, Outcome mine, Oracle oracle) {
    Map<String, Tensor> expected = truth.named();
    Map<String, Tensor> actual = mine.named();
    for (String output : actual.keySet()) {
      if (!expected.containsKey(output)) {
        fail(id, output + " is missing in the truth");
      }
    }
    expected.forEach((output, t) -> {
      Tensor m = actual.get(output);
      if (m == null) {
        fail(id, output + " is missing in the results");
      } else if (!Arrays.equals(t.shape(), m.shape())) {
        String shapes = Arrays.toString(m.shape()) + ", expected " + Arrays.toString(t.shape());
        fail(id, output + ".shape = " + shapes);
      } else {
        judge(id, oracle, output, t, m);
      }
    });
  }

  private void judge(Id id, Oracle oracle, String output, Tensor truth, Tensor mine) {
    String loss = oracle == null ? "(unknown)" : oracle.loss();
    Dtype dtype = oracle == null ? unknownDtype : oracle.dtype();
    int longestSum = oracle == null ? 0 : oracle.longestSum();
    Tensor scale = oracle == null ? null : oracle.scale().named().get(output);
    double error = new UlpError(dtype, output.startsWith("sum.")).worst(truth, mine, scale);
    worst
        .computeIfAbsent(loss + ' ' + dtype + ' ' + output, key -> new Worst(loss, dtype, output))
        .add(
            error,
            CaseLosses.allowedErrors(loss).of(output, dtype, longestSum, truth.data().length),
            id);
  }

  /** Prints the table and the first failures. */
  void print(PrintWriter out) {
    String headings =
        ROW.formatted("loss", "dtype", "output", "cases", "worst (ulp)", "bound", "id");
    out.print(headings);
    for (Worst w : worst.values()) {
      String broken = w.broken == 0 ? "" : "  BROKEN by " + w.broken;
      out.print(
          ROW.formatted(
              w.loss,
              w.dtype,
              w.output,
              w.cases,
              String.format(Locale.ROOT, "%.3g", w.error),
              String.format(Locale.ROOT, "%.2f", w.bound),
              w.id + broken));
    }
    if (agreedErrors > 0) {
      out.println("errors on both sides: " + agreedErrors);
    }
    failures.forEach(failure -> out.println("FAILED " + failure));
    if (failed > failures.size()) {
      out.println("FAILED " + (failed - failures.size()) + " more");
    }
  }
}
