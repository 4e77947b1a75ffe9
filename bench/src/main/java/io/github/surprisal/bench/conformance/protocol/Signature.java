package io.github.surprisal.bench.conformance.protocol;

import java.util.Map;
import java.util.Set;

/**
 * What a case of one loss may hold.
 *
 * @param inputs the inputs, needed or not
 * @param options the options
 */
public record Signature(Map<String, Kind> inputs, Set<String> options) {
  /** What an input is made of. */
  public enum Kind {
    /** Numbers of the case's dtype. */
    FLOATING,
    /** Integers, such as labels. */
    INTEGER
  }
}
