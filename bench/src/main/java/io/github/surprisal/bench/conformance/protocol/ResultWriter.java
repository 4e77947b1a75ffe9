package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes results so that reading them gives the same bits. */
public final class ResultWriter {
  private ResultWriter() {}

  /** The line of a result, with its end. */
  public static byte[] write(Result result, Dtype dtype) {
    var line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = StrictJson.FACTORY.createGenerator(line)) {
      json.writeStartObject();
      writeId(json, result.id());
      if (result.error() != null) {
        json.writeStringField("error", result.error());
      } else {
        writeOutcome(json, result.outcome(), dtype);
        writeOracle(json, result.oracle());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return line.toByteArray();
  }

  private static void writeId(JsonGenerator json, Id id) throws IOException {
    json.writeFieldName("id");
    if (id == null) {
      json.writeNull();
    } else if (id.quoted()) {
      json.writeString(id.text());
    } else {
      json.writeNumber(id.text());
    }
  }

  private static void writeOracle(JsonGenerator json, Oracle oracle) throws IOException {
    if (oracle != null) {
      json.writeObjectFieldStart("oracle");
      json.writeStringField("loss_name", oracle.loss());
      json.writeStringField("dtype", oracle.dtype().toString());
      json.writeNumberField("longest_sum", oracle.longestSum());
      json.writeObjectFieldStart("scale");
      writeOutcome(json, oracle.scale(), oracle.dtype());
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void writeOutcome(JsonGenerator json, Outcome outcome, Dtype dtype)
      throws IOException {
    if (outcome.loss() != null) {
      writeTensor(json, "loss", outcome.loss(), dtype);
    }
    writeTensors(json, "gradients", outcome.gradients(), dtype);
    if (outcome.hessian() != null) {
      writeTensor(json, "hessian", outcome.hessian(), dtype);
    }
    if (outcome.sum() != null) {
      json.writeObjectFieldStart("sum");
      for (Map.Entry<String, Number> number : outcome.sum().entrySet()) {
        json.writeFieldName(number.getKey());
        if (number.getValue() instanceof Long count) {
          json.writeNumber(count);
        } else {
          json.writeNumber(number.getValue().doubleValue());
        }
      }
      json.writeEndObject();
    }
    writeTensors(json, "rows", outcome.rows(), dtype);
  }

  private static void writeTensors(
      JsonGenerator json, String name, Map<String, Tensor> tensors, Dtype dtype)
      throws IOException {
    if (tensors != null) {
      json.writeObjectFieldStart(name);
      for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
        writeTensor(json, tensor.getKey(), tensor.getValue(), dtype);
      }
      json.writeEndObject();
    }
  }

  private static void writeTensor(JsonGenerator json, String name, Tensor tensor, Dtype dtype)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeFieldName("shape");
    json.writeArray(tensor.shape(), 0, tensor.shape().length);
    json.writeArrayFieldStart("data");
    for (double value : tensor.data()) {
      dtype.write(json, value);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
