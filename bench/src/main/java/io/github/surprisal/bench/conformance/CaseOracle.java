package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.CaseReader;
import io.github.surprisal.bench.conformance.protocol.Id;
import io.github.surprisal.bench.conformance.protocol.LineReader;
import io.github.surprisal.bench.conformance.protocol.Oracle;
import java.io.IOException;

/** Asks the oracle about cases, in the order of their file. */
final class CaseOracle {
  private final LineReader cases;
  private final Evaluator evaluator;

  CaseOracle(LineReader cases) {
    this.cases = cases;
    evaluator = new Evaluator(Engine.REFERENCE, cases.longest());
  }

  /** What the oracle tells of the next case of this id. */
  Oracle of(Id id) throws IOException, CaseException {
    for (byte[] line = cases.next(); line != null; line = cases.next()) {
      var reader = new CaseReader(line);
      try {
        reader.readHeader();
      } catch (CaseException e) {
        continue; // no result to compare comes of it
      }
      if (reader.id().equals(id)) {
        return evaluator.result(reader).oracle();
      }
    }
    throw new CaseException("has no case in the file of cases, or in another order");
  }
}
