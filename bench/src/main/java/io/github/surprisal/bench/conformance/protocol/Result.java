package io.github.surprisal.bench.conformance.protocol;

/**
 * A line of results: an outcome or an error.
 *
 * @param id the case's; null where it could not be read
 * @param error why there is no outcome, or null
 * @param outcome the outcome, or null
 * @param oracle from the reference engine, else null
 */
public record Result(Id id, String error, Outcome outcome, Oracle oracle) {
  /** The result of a case that cannot be run. */
  public static Result error(Id id, String error) {
    return new Result(id, error, null, null);
  }
}
