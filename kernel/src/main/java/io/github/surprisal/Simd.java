package io.github.surprisal;

import io.github.surprisal.internal.lane.Provider;

/**
 * Whether vectors are in use.
 *
 * <p>They are where the module {@code jdk.incubator.vector} is resolved: always for a named module
 * that requires this one; on the class path with {@code --add-modules jdk.incubator.vector}.
 * Elsewhere, with {@code -Dsurprisal.simd=false}, and on x86 without AVX2 unless {@code
 * -Dsurprisal.simd=true}, scalar code computes the same bits slower.
 */
public final class Simd {
  private Simd() {}

  /** Whether the vector kernels are in use. */
  public static boolean enabled() {
    return Provider.SIMD;
  }

  /** One line for logs and reports, such as "512-bit vectors on JDK 25.0.3". */
  public static String describe() {
    return Provider.describe();
  }
}
