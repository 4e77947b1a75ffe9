package io.github.surprisal.bench.conformance.protocol;

/** Why a line cannot be run: one line of text that names the argument, the rule and the value. */
public final class CaseException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_VALUE = 60;
  private static final int LONGEST_MESSAGE = 500;

  /** A reason, in the words of the protocol. */
  public CaseException(String message) {
    super(shorten(message, LONGEST_MESSAGE), null, false, false);
  }

  /** {@code name = value, expected rule}. */
  public static CaseException of(String name, Object value, String rule) {
    String text = shorten(String.valueOf(value), LONGEST_VALUE);
    return new CaseException(shorten(name, LONGEST_VALUE) + " = " + text + ", expected " + rule);
  }

  private static String shorten(String text, int most) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= most ? line : line.substring(0, most) + "...";
  }
}
