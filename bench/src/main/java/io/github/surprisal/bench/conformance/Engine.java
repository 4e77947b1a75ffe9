package io.github.surprisal.bench.conformance;

/** What runs the cases. */
enum Engine {
  /** The kernels. */
  KERNEL,
  /** The oracle. */
  REFERENCE;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
