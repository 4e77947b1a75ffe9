package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Bounds;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Outcome;
import io.github.surprisal.bench.conformance.protocol.Signature;

/** A loss as cases name it, run by either engine. */
public interface Loss {
  /** Its name in cases. */
  String name();

  /** What its cases may hold. */
  Signature signature();

  /** Runs the kernel. */
  Outcome kernel(Case c) throws CaseException;

  /** Runs the oracle. */
  Truth reference(Case c) throws CaseException;

  /** The errors that the kernel promises, where the scale counts what options add. */
  Bounds bounds();

  /**
   * What the oracle gives.
   *
   * @param outcome the results, rounded once
   * @param scale for each number of the outcome, the magnitude in whose ulps its error is counted
   * @param longestSum how many numbers the longest sum within a row has, 0 without sums
   */
  record Truth(Outcome outcome, Outcome scale, int longestSum) {}
}
