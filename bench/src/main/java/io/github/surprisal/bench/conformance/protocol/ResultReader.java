package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads results, of this program or another: unknown keys are passed over. Numbers come as doubles,
 * to be rounded to the dtype once that is known.
 */
public final class ResultReader {
  private Id id;
  private String error;
  private String loss;
  private Dtype dtype;
  private int longestSum;
  private final Numbers outcome = new Numbers();
  private final Numbers scale = new Numbers();

  private ResultReader() {}

  /** The result that a line holds. */
  public static Result read(byte[] line) throws CaseException {
    var reader = new ResultReader();
    StrictJson.readLine(line, reader::readField);
    if (reader.error != null) {
      return Result.error(reader.id, reader.error);
    }
    var oracle =
        reader.loss == null || reader.dtype == null
            ? null
            : new Oracle(reader.loss, reader.dtype, reader.longestSum, reader.scale.outcome());
    return new Result(reader.id, null, reader.outcome.outcome(), oracle);
  }

  private void readField(JsonParser parser, String key) throws IOException, CaseException {
    switch (key) {
      case "id" -> id = Id.read(parser);
      case "error" -> error = StrictJson.string(parser, "error");
      case "oracle" -> StrictJson.readObject(parser, key, this::readOracle);
      default -> outcome.readField(parser, key);
    }
  }

  private void readOracle(JsonParser parser, String key) throws IOException, CaseException {
    switch (key) {
      case "loss_name" -> loss = StrictJson.string(parser, "loss_name");
      case "dtype" -> dtype = Dtype.named(StrictJson.string(parser, "dtype"));
      case "longest_sum" -> longestSum = TensorReader.integer(parser, key);
      case "scale" -> StrictJson.readObject(parser, key, scale::readField);
      default -> parser.skipChildren();
    }
  }

  /** The fields of an outcome. */
  private static final class Numbers {
    private Tensor loss;
    private Map<String, Tensor> gradients;
    private Tensor hessian;
    private Map<String, Number> sum;
    private Map<String, Tensor> rows;

    Outcome outcome() {
      return new Outcome(loss, gradients, hessian, sum, rows);
    }

    void readField(JsonParser parser, String key) throws IOException, CaseException {
      switch (key) {
        case "loss" -> loss = TensorReader.floating(parser, key, Dtype.FLOAT64);
        case "hessian" -> hessian = TensorReader.floating(parser, key, Dtype.FLOAT64);
        case "gradients" -> gradients = tensors(parser, key);
        case "rows" -> rows = tensors(parser, key);
        case "sum" -> {
          sum = new LinkedHashMap<>();
          StrictJson.readObject(
              parser, key, (p, name) -> sum.put(name, TensorReader.number(p, name, Dtype.FLOAT64)));
        }
        default -> parser.skipChildren();
      }
    }

    private static Map<String, Tensor> tensors(JsonParser parser, String key)
        throws IOException, CaseException {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      StrictJson.readObject(
          parser,
          key,
          (p, name) -> tensors.put(name, TensorReader.floating(p, name, Dtype.FLOAT64)));
      return tensors;
    }
  }
}
