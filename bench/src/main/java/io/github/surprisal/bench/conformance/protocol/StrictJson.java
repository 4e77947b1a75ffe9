package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON of one line, from anyone: standard JSON in valid UTF-8, within limits, no key twice. */
public final class StrictJson {
  /** Levels of objects and arrays; a case needs four. */
  public static final int DEEPEST = 16;

  /** Digits, signs and all, of a number. */
  public static final int LONGEST_NUMBER = 1000;

  /** Characters of a string or key. */
  public static final int LONGEST_STRING = 10_000;

  // Symbol tables are off: they would keep what hostile keys hold beyond the line. Results are
  // ASCII, so that any id can be written, half a surrogate pair too.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LONGEST_STRING)
                  .maxNameLength(LONGEST_STRING)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private StrictJson() {}

  /** Reads one object; what is told of its keys is told in the order of the line. */
  static void readLine(byte[] line, Field field) throws CaseException {
    // A decoder, where Jackson would guess the encoding and let overlong forms pass.
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var reader = new InputStreamReader(new ByteArrayInputStream(line), decoder);
    try (JsonParser parser = FACTORY.createParser(reader)) {
      parser.nextToken();
      readObject(parser, "the line", field);
      if (parser.nextToken() != null) {
        throw new CaseException("the line goes on after its object, expected one object a line");
      }
    } catch (CharacterCodingException e) {
      throw new CaseException("the line is not valid UTF-8");
    } catch (JsonProcessingException e) {
      throw new CaseException("malformed JSON: " + reason(e));
    } catch (IOException e) {
      throw new CaseException(e.toString());
    }
  }

  /** Reads the object at the parser's position, which stands on the value of each field told. */
  static void readObject(JsonParser parser, String name, Field field)
      throws IOException, CaseException {
    require(parser, JsonToken.START_OBJECT, name, "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      field.read(parser, key);
    }
  }

  /** Throws unless the parser stands on such a token. */
  static void require(JsonParser parser, JsonToken token, String name, String rule)
      throws IOException, CaseException {
    if (parser.currentToken() != token) {
      throw CaseException.of(name, describe(parser), rule);
    }
  }

  /** The string at the parser's position. */
  static String string(JsonParser parser, String name) throws IOException, CaseException {
    require(parser, JsonToken.VALUE_STRING, name, "a string");
    return parser.getText();
  }

  /** The value at the parser's position, for a message. */
  static String describe(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case null -> "nothing";
      case START_OBJECT -> "{...}";
      case START_ARRAY -> "[...]";
      case VALUE_STRING -> '"' + parser.getText() + '"';
      default -> parser.getText();
    };
  }

  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage().replaceFirst(", from `[^`]*`", "");
    if (message.startsWith("Non-standard token")) {
      return "a bare NaN or Infinity, expected the string \"NaN\", \"Infinity\" or \"-Infinity\"";
    }
    var location = e.getLocation();
    return location == null ? message : message + " (column " + location.getColumnNr() + ")";
  }

  /** Told of one key, with the parser on its value; reads or skips the whole value. */
  @FunctionalInterface
  interface Field {
    void read(JsonParser parser, String key) throws IOException, CaseException;
  }
}
