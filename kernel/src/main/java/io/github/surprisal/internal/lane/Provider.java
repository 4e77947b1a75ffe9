package io.github.surprisal.internal.lane;

/**
 * Decides once whether the vector kernels or their scalar twins answer: the kernels where the
 * module is there, unless {@code -Dsurprisal.simd=false}.
 *
 * <p>On x86, vectors of 128 bits are used only with {@code -Dsurprisal.simd=true}: C2 has no masks
 * for two doubles there and would put every vector in a box.
 */
public final class Provider {
  private static final String MODULE = "jdk.incubator.vector";

  /** What to do where it is not. */
  public static final String HINT = "add the flag --add-modules " + MODULE;

  /** Whether the module is there. */
  public static final boolean RESOLVED = isResolved();

  /** Whether the vector kernels answer. */
  public static final boolean SIMD = decide();

  private Provider() {}

  private static boolean decide() {
    String wish = System.getProperty("surprisal.simd", "auto");
    if (wish.equals("false")) {
      return false;
    }
    if (!RESOLVED) {
      System.getLogger("io.github.surprisal")
          .log(System.Logger.Level.WARNING, "Surprisal runs without vectors, slower; " + HINT);
    }
    return RESOLVED && (wish.equals("true") || Species.F64.vectorBitSize() > 128 || !isX86());
  }

  private static boolean isResolved() {
    var layer = Provider.class.getModule().getLayer();
    return (layer == null ? ModuleLayer.boot() : layer).findModule(MODULE).isPresent()
        || ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static boolean isX86() {
    return System.getProperty("os.arch").matches("amd64|x86_64|x86|i386");
  }

  /** What answers, in one line. */
  public static String describe() {
    String jdk = " on JDK " + System.getProperty("java.version");
    return SIMD ? Species.F32.vectorBitSize() + "-bit vectors" + jdk : "scalar code" + jdk;
  }
}
