package io.github.surprisal.lane;

/** Decides once whether the vector kernels or their scalar twins answer. */
public final class Provider {
  private static final String MODULE = "jdk.incubator.vector";

  /** Whether the vector kernels answer. */
  public static final boolean SIMD = decide();

  private Provider() {}

  private static boolean decide() {
    if (!Boolean.parseBoolean(System.getProperty("surprisal.simd", "true"))) {
      return false;
    }
    var layer = Provider.class.getModule().getLayer();
    boolean resolved =
        (layer == null ? ModuleLayer.boot() : layer).findModule(MODULE).isPresent()
            || ModuleLayer.boot().findModule(MODULE).isPresent();
    if (!resolved) {
      System.getLogger("io.github.surprisal")
          .log(
              System.Logger.Level.WARNING,
              "Surprisal runs without vectors, slower; add the flag --add-modules " + MODULE);
    }
    return resolved;
  }

  /** What answers, in one line. */
  public static String describe() {
    String jdk = " on JDK " + System.getProperty("java.version");
    return SIMD ? Species.F32.vectorBitSize() + "-bit vectors" + jdk : "scalar code" + jdk;
  }
}
