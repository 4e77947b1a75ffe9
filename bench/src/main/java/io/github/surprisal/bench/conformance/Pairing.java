package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Id;
import io.github.surprisal.bench.conformance.protocol.LineReader;
import io.github.surprisal.bench.conformance.protocol.Oracle;
import io.github.surprisal.bench.conformance.protocol.Result;
import io.github.surprisal.bench.conformance.protocol.ResultReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings results of the same id together from two streams. Only those wait in memory whose partner
 * has not come yet: none, where both files are in the order of the cases.
 */
final class Pairing {
  private final WorstErrors worst;
  private final CaseOracle cases;
  private final Map<Id, Deque<Result>> truths = new LinkedHashMap<>();
  private final Map<Id, Deque<Result>> mines = new LinkedHashMap<>();

  /** Pairs to be judged by {@code worst}; {@code cases} may be null. */
  Pairing(WorstErrors worst, CaseOracle cases) {
    this.worst = worst;
    this.cases = cases;
  }

  /** Reads both to their ends. */
  void run(LineReader truth, LineReader mine) throws IOException {
    byte[] t = truth.next();
    byte[] m = mine.next();
    while (t != null || m != null) {
      if (t != null) {
        addTruth(t, truth.longest());
        t = truth.next();
      }
      if (m != null) {
        addMine(m, mine.longest());
        m = mine.next();
      }
    }
    truths.forEach((id, left) -> left.forEach(r -> worst.fail(id, "is missing in the results")));
    mines.forEach((id, left) -> left.forEach(r -> worst.fail(id, "is missing in the truth")));
  }

  private void addTruth(byte[] line, int longest) throws IOException {
    Result result = read(line, longest, "truth");
    if (result == null) {
      return;
    }
    Oracle oracle = result.oracle();
    if (oracle == null && cases != null && result.error() == null) {
      try {
        oracle = cases.of(result.id());
      } catch (CaseException e) {
        worst.fail(result.id(), e.getMessage());
      }
    }
    var told = new Result(result.id(), result.error(), result.outcome(), oracle);
    Result partner = take(mines, told.id());
    if (partner == null) {
      truths.computeIfAbsent(told.id(), id -> new ArrayDeque<>()).add(told);
    } else {
      worst.judge(told, partner);
    }
  }

  private void addMine(byte[] line, int longest) {
    Result result = read(line, longest, "results");
    if (result == null) {
      return;
    }
    Result partner = take(truths, result.id());
    if (partner == null) {
      mines.computeIfAbsent(result.id(), id -> new ArrayDeque<>()).add(result);
    } else {
      worst.judge(partner, result);
    }
  }

  private Result read(byte[] line, int longest, String where) {
    if (line == LineReader.TOO_LONG) {
      worst.fail(null, "a line of the " + where + " is longer than " + longest + " bytes");
      return null;
    }
    try {
      return ResultReader.read(line);
    } catch (CaseException e) {
      worst.fail(null, "a line of the " + where + " cannot be read: " + e.getMessage());
      return null;
    }
  }

  private static Result take(Map<Id, Deque<Result>> waiting, Id id) {
    Deque<Result> queue = waiting.get(id);
    if (queue == null) {
      return null;
    }
    Result first = queue.remove();
    if (queue.isEmpty()) {
      waiting.remove(id);
    }
    return first;
  }
}
