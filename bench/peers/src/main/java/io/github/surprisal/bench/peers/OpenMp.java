package io.github.surprisal.bench.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** The OpenMP library behind a peer that has no control of its own over threads. */
final class OpenMp {
  /** On Linux, macOS and Windows. */
  private static final List<String> LIBRARIES =
      List.of("libgomp.so.1", "libomp.dylib", "libiomp5.dylib", "vcomp140.dll", "libiomp5md.dll");

  private OpenMp() {}

  /** How many threads a parallel region that the calling thread begins may have. */
  static void setThreads(int threads) {
    var function =
        LIBRARIES.stream()
            .map(OpenMp::setter)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no OpenMP among " + LIBRARIES));
    try {
      Linker.nativeLinker()
          .downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
          .invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("omp_set_num_threads failed", e);
    }
  }

  /** Of a library that is loaded already, the loaded one. */
  private static Optional<MemorySegment> setter(String library) {
    try {
      return SymbolLookup.libraryLookup(library, Arena.global()).find("omp_set_num_threads");
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
