package io.github.surprisal.bench.conformance.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The options of a case. Numbers are doubles; lists are of the case's dtype. */
public final class Options {
  private final Map<String, Object> values = new HashMap<>();

  /** What the case calls an option, where that is another name. */
  private final Map<String, String> spellings = new HashMap<>();

  /** No options: the usual ones. */
  public Options() {}

  /** Options that are numbers, or lists of numbers. */
  public Options(Map<String, Object> options) {
    options.forEach((name, value) ->
        values.put(
            name, value instanceof Double number ? new Numeral(number.toString(), false) : value));
  }

  /** A JSON number as written. */
  private record Numeral(String text, boolean integer) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Adds the option at the parser's position.
   *
   * @param spelled the name that the case has for it
   */
  void read(JsonParser parser, String name, String spelled, Dtype dtype)
      throws IOException, CaseException {
    JsonToken token = parser.currentToken();
    if (values.containsKey(name)) {
      throw new CaseException("options." + name + " is given twice, under two names");
    }
    spellings.put(name, spelled);
    values.put(
        name,
        switch (token) {
          case START_ARRAY -> TensorReader.list(parser, key(name), dtype);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
              new Numeral(parser.getText(), token == JsonToken.VALUE_NUMBER_INT);
          case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
          case VALUE_STRING -> parser.getText();
          default ->
              throw CaseException.of(
                  key(name),
                  StrictJson.describe(parser),
                  "a number, a string, true, false or a list");
        });
  }

  /** Whether the option is given as a number. */
  public boolean isNumber(String name) {
    return values.get(name) instanceof Numeral;
  }

  /** A finite number. */
  public double number(String name, double usual) throws CaseException {
    Object value = values.get(name);
    if (value == null) {
      return usual;
    }
    if (value instanceof Numeral numeral) {
      double number = Double.parseDouble(numeral.text);
      if (Double.isFinite(number)) {
        return number;
      }
    }
    throw invalid(name, "a finite number");
  }

  /** A 32-bit integer. */
  public int integer(String name, int usual) throws CaseException {
    Object value = values.get(name);
    if (value == null) {
      return usual;
    }
    if (value instanceof Numeral(String text, boolean integer) && integer && text.length() <= 11) {
      long number = Long.parseLong(text);
      if (number == (int) number) {
        return (int) number;
      }
    }
    throw invalid(name, "an integer from -2147483648 to 2147483647");
  }

  /** One of some words, or of true and false. */
  public <T> T choice(String name, T usual, List<T> choices) throws CaseException {
    Object value = values.get(name);
    if (value == null) {
      return usual;
    }
    for (T choice : choices) {
      if (choice.equals(value)) {
        return choice;
      }
    }
    throw invalid(
        name, "one of " + choices.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** A list of numbers, or null. */
  public double[] list(String name) throws CaseException {
    Object value = values.get(name);
    if (value == null || value instanceof double[]) {
      return (double[]) value;
    }
    throw invalid(name, "a list of numbers");
  }

  /** Whether the case gives the option. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The option as the case spells it, with where it stands. */
  public String key(String name) {
    return "options." + spellings.getOrDefault(name, name);
  }

  /** That the value of an option breaks a rule. */
  public CaseException invalid(String name, String rule) {
    Object value = values.get(name);
    Object shown =
        value instanceof double[] ? "[...]" : value instanceof String s ? '"' + s + '"' : value;
    return CaseException.of(key(name), shown, rule);
  }
}
