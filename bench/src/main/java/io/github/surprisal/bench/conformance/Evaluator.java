package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.conformance.loss.CaseLosses;
import io.github.surprisal.bench.conformance.loss.Loss;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.CaseReader;
import io.github.surprisal.bench.conformance.protocol.LineReader;
import io.github.surprisal.bench.conformance.protocol.Oracle;
import io.github.surprisal.bench.conformance.protocol.Refusal;
import io.github.surprisal.bench.conformance.protocol.Result;
import io.github.surprisal.bench.conformance.protocol.ResultWriter;

/**
 * From the line of a case to that of its result, whatever the line holds.
 *
 * @param engine what runs the case
 * @param longest the most bytes a line may have
 */
record Evaluator(Engine engine, int longest) {
  /** The line of the result. */
  byte[] evaluate(byte[] line) {
    if (line == LineReader.TOO_LONG) {
      String error = "the line is longer than " + longest + " bytes";
      return ResultWriter.write(Result.error(null, error), null);
    }
    var reader = new CaseReader(line);
    try {
      return ResultWriter.write(result(reader), reader.dtype());
    } catch (CaseException e) {
      return error(reader, e);
    } catch (OutOfMemoryError e) {
      return error(reader, new CaseException("the case needs more memory than there is"));
    } catch (RuntimeException e) {
      // A fault of the engine's own ends this case, not the run.
      return error(reader, new CaseException("the " + engine + " engine failed: " + e));
    }
  }

  /** The result, of a case that can be run. */
  Result result(CaseReader reader) throws CaseException {
    reader.readHeader();
    Loss loss = CaseLosses.named(reader.loss());
    Case c = reader.read(loss.signature());
    try {
      if (engine == Engine.KERNEL) {
        return new Result(reader.id(), null, loss.kernel(c), null);
      }
      var truth = loss.reference(c);
      var oracle = new Oracle(loss.name(), c.dtype(), truth.longestSum(), truth.scale());
      return new Result(reader.id(), null, truth.outcome(), oracle);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(e, loss.signature(), c);
    }
  }

  private static byte[] error(CaseReader reader, CaseException e) {
    return ResultWriter.write(Result.error(reader.id(), e.getMessage()), null);
  }
}
