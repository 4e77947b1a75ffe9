package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The name of a case: a string or an integer, given back as it came.
 *
 * @param text the string, or the digits
 * @param quoted whether it is a string
 */
public record Id(String text, boolean quoted) {
  /** The id at the parser's position; null if that is no string and no integer. */
  static Id read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    boolean quoted = token == JsonToken.VALUE_STRING;
    return quoted || token == JsonToken.VALUE_NUMBER_INT ? new Id(parser.getText(), quoted) : null;
  }

  @Override
  public String toString() {
    return quoted ? '"' + text + '"' : text;
  }
}
