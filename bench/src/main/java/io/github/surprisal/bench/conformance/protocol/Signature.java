package io.github.surprisal.bench.conformance.protocol;

import java.util.Map;
import java.util.Set;

/**
 * What a case of one loss may hold.
 *
 * @param inputs the inputs, needed or not
 * @param options the options
 * @param outputs what may be wanted
 */
public record Signature(Map<String, Kind> inputs, Set<String> options, Set<String> outputs) {
  /** Words for options that some know by another, and that other. */
  private static final Map<String, String> SYNONYMS = Map.of("eps", "epsilon", "power", "rho");

  /** The name that the loss has for an option. */
  String option(String name) {
    return options.contains(name) ? name : SYNONYMS.getOrDefault(name, name);
  }

  /** What an input is made of. */
  public enum Kind {
    /** Numbers of the case's dtype. */
    FLOATING,
    /** Integers, such as labels. */
    INTEGER
  }
}
