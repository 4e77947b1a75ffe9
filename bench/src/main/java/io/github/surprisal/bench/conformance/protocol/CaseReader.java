package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a case from its line, twice: first what is needed to understand the rest, wherever in the
 * line it stands. So numbers are rounded from their decimal text straight to the dtype, and an
 * error has its id.
 */
public final class CaseReader {
  private final byte[] line;
  private Id id;
  private String loss;
  private Dtype dtype;

  /** A reader of one line. */
  public CaseReader(byte[] line) {
    this.line = line;
  }

  /** The id; null until {@link #readHeader} has come by it. */
  public Id id() {
    return id;
  }

  /** The name of the loss. */
  public String loss() {
    return loss;
  }

  /** The type of the numbers. */
  public Dtype dtype() {
    return dtype;
  }

  /** Checks that the line is JSON, and reads id, loss and dtype. */
  public void readHeader() throws CaseException {
    CaseException[] first = new CaseException[1];
    StrictJson.readLine(
        line,
        (parser, key) -> {
          try {
            readHeader(parser, key);
          } catch (CaseException e) {
            // The id may yet come.
            first[0] = first[0] == null ? e : first[0];
          }
          parser.skipChildren();
        });
    if (first[0] != null) {
      throw first[0];
    }
    for (String key : new String[] {"id", "loss", "dtype"}) {
      if ((key.equals("id") ? id : key.equals("loss") ? loss : dtype) == null) {
        throw new CaseException(key + " is missing");
      }
    }
  }

  private void readHeader(JsonParser parser, String key) throws IOException, CaseException {
    switch (key) {
      case "id" -> {
        id = Id.read(parser);
        if (id == null) {
          throw CaseException.of("id", StrictJson.describe(parser), "a string or an integer");
        }
      }
      case "loss" -> loss = StrictJson.string(parser, "loss");
      case "dtype" -> dtype = Dtype.named(StrictJson.string(parser, "dtype"));
      case "inputs", "options", "upstream", "want" -> {}
      default ->
          throw new CaseException(
              key + " is unknown, expected id, loss, dtype, inputs, options, upstream or want");
    }
  }

  /** The whole case, after {@link #readHeader}. */
  public Case read(Signature signature) throws CaseException {
    Map<String, Tensor> inputs = new HashMap<>();
    var options = new Options();
    var upstream = new Tensor[1];
    Set<String> want = new HashSet<>(Case.USUAL);
    StrictJson.readLine(
        line,
        (parser, key) -> {
          switch (key) {
            case "inputs" ->
                StrictJson.readObject(
                    parser, key, (p, name) -> inputs.put(name, input(p, name, signature)));
            case "options" ->
                StrictJson.readObject(
                    parser,
                    key,
                    (p, name) -> {
                      String option = signature.option(name);
                      if (!signature.options().contains(option)) {
                        requireKnown("options", name, signature.options());
                      }
                      options.read(p, option, name, dtype);
                    });
            case "upstream" -> upstream[0] = TensorReader.floating(parser, key, dtype);
            case "want" -> readWant(parser, signature, want);
            default -> parser.skipChildren();
          }
        });
    return new Case(dtype, inputs, options, upstream[0], want);
  }

  private Tensor input(JsonParser parser, String name, Signature signature)
      throws IOException, CaseException {
    requireKnown("inputs", name, signature.inputs().keySet());
    return signature.inputs().get(name) == Signature.Kind.INTEGER
        ? TensorReader.integers(parser, name)
        : TensorReader.floating(parser, name, dtype);
  }

  private static void readWant(JsonParser parser, Signature signature, Set<String> want)
      throws IOException, CaseException {
    StrictJson.require(parser, JsonToken.START_ARRAY, "want", "a list of strings");
    want.clear();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String name = StrictJson.string(parser, "want[]");
      requireKnown("want", name, signature.outputs());
      want.add(name);
    }
  }

  private static void requireKnown(String where, String name, Set<String> known)
      throws CaseException {
    if (!known.contains(name)) {
      String rule = known.isEmpty() ? "none" : "one of " + String.join(", ", new TreeSet<>(known));
      throw new CaseException("%s.%s is unknown, expected %s".formatted(where, name, rule));
    }
  }
}
