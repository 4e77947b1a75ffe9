package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** Reads {@code {"shape": [...], "data": [...]}} and lists of numbers. */
final class TensorReader {
  private final JsonParser parser;
  private final String name;
  private final Dtype dtype;

  private TensorReader(JsonParser parser, String name, Dtype dtype) {
    this.parser = parser;
    this.name = name;
    this.dtype = dtype;
  }

  /** The tensor at the parser's position, its values rounded to {@code dtype}. */
  static Tensor floating(JsonParser parser, String name, Dtype dtype)
      throws IOException, CaseException {
    return new TensorReader(parser, name, dtype).tensor();
  }

  /** The tensor of 32-bit integers at the parser's position. */
  static Tensor integers(JsonParser parser, String name) throws IOException, CaseException {
    return new TensorReader(parser, name, null).tensor();
  }

  /** The list of numbers at the parser's position, rounded to {@code dtype}. */
  static double[] list(JsonParser parser, String name, Dtype dtype)
      throws IOException, CaseException {
    return new TensorReader(parser, name, dtype).list();
  }

  /** The number at the parser's position, rounded to {@code dtype}. */
  static double number(JsonParser parser, String name, Dtype dtype)
      throws IOException, CaseException {
    return new TensorReader(parser, name, dtype).number(-1);
  }

  /** The 32-bit integer at the parser's position. */
  static int integer(JsonParser parser, String name) throws IOException, CaseException {
    return (int) new TensorReader(parser, name, null).integer(-1);
  }

  private Tensor tensor() throws IOException, CaseException {
    double[][] parts = new double[2][];
    StrictJson.readObject(
        parser,
        name,
        (p, key) -> {
          switch (key) {
            case "shape" -> parts[0] = new TensorReader(p, name + ".shape", null).list();
            case "data" -> parts[1] = list();
            default ->
                throw new CaseException(name + '.' + key + " is unknown, expected shape, data");
          }
        });
    double[] data = parts[1];
    if (parts[0] == null || data == null) {
      throw new CaseException(name + (data == null ? ".data" : ".shape") + " is missing");
    }
    int[] shape = Arrays.stream(parts[0]).mapToInt(d -> (int) d).toArray();
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0) {
        throw CaseException.of(name + ".shape[" + axis + ']', shape[axis], "at least 0");
      }
    }
    if (elements(shape) != data.length) {
      throw CaseException.of(
          name + ".data.length", data.length, "the product of shape " + Arrays.toString(shape));
    }
    return new Tensor(shape, data);
  }

  /** The product of the shape, or -1 if it is beyond what any line can hold. */
  private static long elements(int[] shape) {
    long product = 1;
    for (int length : shape) {
      if (length == 0) {
        return 0;
      }
      // Each length is below 2^31, so a product that stays below 2^31 never overflowed.
      product = product < 0 || product * length > Integer.MAX_VALUE ? -1 : product * length;
    }
    return product;
  }

  private double[] list() throws IOException, CaseException {
    StrictJson.require(parser, JsonToken.START_ARRAY, name, "a list of numbers");
    double[] values = new double[8];
    int n = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (n == values.length) {
        values = Arrays.copyOf(values, 2 * n);
      }
      values[n] = dtype == null ? integer(n) : number(n);
      n++;
    }
    return n == values.length ? values : Arrays.copyOf(values, n);
  }

  private double number(int index) throws IOException, CaseException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      switch (parser.getText()) {
        case "NaN":
          return Double.NaN;
        case "Infinity":
          return Double.POSITIVE_INFINITY;
        case "-Infinity":
          return Double.NEGATIVE_INFINITY;
        default:
      }
    }
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw invalid(index, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
    }
    double value = dtype.parse(parser.getText());
    if (Double.isInfinite(value)) {
      throw invalid(index, "a number in the range of " + dtype + " (use the string \"Infinity\")");
    }
    return value;
  }

  private double integer(int index) throws IOException, CaseException {
    // Eleven characters hold every int and never overflow a long.
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 11) {
      long value = Long.parseLong(parser.getText());
      if (value == (int) value) {
        return value;
      }
    }
    throw invalid(index, "an integer from -2147483648 to 2147483647");
  }

  /** An index below 0 stands for the value itself. */
  private CaseException invalid(int index, String rule) throws IOException {
    String element = index < 0 ? name : name + '[' + index + ']';
    return CaseException.of(element, StrictJson.describe(parser), rule);
  }
}
