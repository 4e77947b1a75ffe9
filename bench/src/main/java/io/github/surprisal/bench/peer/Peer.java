package io.github.surprisal.bench.peer;

/**
 * A library that computes losses, called in one certain way; this library is one too. The class
 * path's {@link java.util.ServiceLoader} finds them. Whatever a peer computes is measured as it is,
 * right or wrong, and shown beside its error.
 */
public interface Peer {

  /** Its name on the command line and in results, in small letters with hyphens. */
  String name();

  /** The library with its version, and the way it is called. Must not load native code. */
  String description();

  /**
   * Whether it has the loss of this name, among those that {@code evaluate} knows, with its usual
   * options and the mean of all elements or rows. Must not load native code.
   */
  boolean has(String loss);

  /** Whether one call can use many threads. */
  default boolean hasThreads() {
    return false;
  }

  /** Whether it computes the loss; else it only moves the same bytes, to show what that costs. */
  default boolean computes() {
    return true;
  }

  /** Whether it works on Java arrays, so that nothing has to be copied to it. */
  default boolean usesArrays() {
    return false;
  }

  /**
   * Copies the inputs to where the library wants them.
   *
   * @param threads how many threads a call may use; 1 unless {@link #hasThreads}
   */
  PreparedLoss prepare(Workload workload, int threads);
}
