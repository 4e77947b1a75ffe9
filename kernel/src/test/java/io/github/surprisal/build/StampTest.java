package io.github.surprisal.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text that the stamp makes of a small template. */
class StampTest {
  private static final String TEMPLATE =
      """
      package p;

      import static jdk.incubator.vector.VectorOperators.GT;
      import static p.Species.F32;

      import jdk.incubator.vector.FloatVector;
      import jdk.incubator.vector.VectorMask;

      /** Squares. */
      final class SquareF32 {
        private static final float HALF = 0x1.0p-1f;

        static FloatVector square(FloatVector x) {
          // Comments stay.
          VectorMask<Float> above = x.compare(GT, HALF);
          return x.mul(x).add(HALF + HALF).sqrt().blend(0f, above);
        }

        void run(float[] x, int n) {
          for (int i = 0; i < F32.loopBound(n); i += F32.length()) {
            var y = FloatVector.fromArray(F32, x, i);
            square(y.fma(FloatVector.broadcast(F32, 2f), y)).intoArray(x, i);
          }
          x[0] = Math.fma(x[0], 2f, HALF);
        }

        static IntVector larger(IntVector a, IntVector b) {
          return a.max(b).min(Math.max(x, y));
        }
      }
      """;

  private static final String FLOAT64 =
      """
      /* Stamped; do not edit. */ package p;

      import static jdk.incubator.vector.VectorOperators.GT;
      import static p.Species.F64;

      import jdk.incubator.vector.DoubleVector;
      import jdk.incubator.vector.VectorMask;

      /** Squares. */
      @SuppressWarnings("cast") final class SquareF64 {
        private static final double HALF = 0x1.0p-1d;

        static DoubleVector square(DoubleVector x) {
          // Comments stay.
          VectorMask<Double> above = x.compare(GT, HALF);
          return x.mul(x).add(HALF + HALF).sqrt().blend(0d, above);
        }

        void run(double[] x, int n) {
          for (int i = 0; i < F64.loopBound(n); i += F64.length()) {
            var y = DoubleVector.fromArray(F64, x, i);
            square(y.fma(DoubleVector.broadcast(F64, 2d), y)).intoArray(x, i);
          }
          x[0] = Math.fma(x[0], 2d, HALF);
        }

        static LongVector larger(LongVector a, LongVector b) {
          return a.max(b).min(Math.max(x, y));
        }
      }
      """;

  private static final String TWIN =
      """
      /* Stamped; do not edit. */ package p;







      /** Squares. */
      final class SquareF32Twin {
        private static final float HALF = 0x1.0p-1f;

        static float square(float x) {
          // Comments stay.
          boolean above = (x > HALF);
          return (above ? 0f : ((float) Math.sqrt(((x * x) + (HALF + HALF)))));
        }

        void run(float[] x, int n) {
          for (int i = 0; i < n; i += 1) {
            var y = x[i];
            x[i] = square(Math.fma(y, 2f, y));
          }
          x[0] = Math.fma(x[0], 2f, HALF);
        }

        static int larger(int a, int b) {
          return Math.min(Math.max(a, b), Math.max(x, y));
        }
      }
      """;

  @TempDir private static Path compiled;
  private static URLClassLoader loader;
  private static Method main;

  @TempDir private Path folder;
  private Path from;
  private Path to;

  @BeforeAll
  static void compile() throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    String source = "src/stamp/java";
    String[] arguments = {"-d", compiled.toString(), "-sourcepath", source, source + "/Stamp.java"};
    int failed = compiler.run(null, null, null, arguments);
    assertEquals(0, failed);
    loader = new URLClassLoader(new URL[] {compiled.toUri().toURL()});
    main = loader.loadClass("Stamp").getMethod("main", String[].class);
    main.setAccessible(true);
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @BeforeEach
  void template() throws Exception {
    from = Files.createDirectory(folder.resolve("from"));
    to = folder.resolve("to");
    write("SquareF32.java", TEMPLATE);
  }

  @Test
  void derivesFloat64AndTwin() throws Exception {
    stamp();
    assertEquals(FLOAT64, stamped("SquareF64.java"));
    assertEquals(TWIN, stamped("SquareF32Twin.java"));
    assertTrue(
        stamped("SquareF64Twin.java")
            .contains("(above ? 0d : Math.sqrt(((x * x) + (HALF + HALF))))"));
    assertEquals(
        lines(FLOAT64), lines(stamped("SquareF64Twin.java")), "lines are those of the origin");
  }

  @Test
  void leavesAHandWrittenFormAlone() throws Exception {
    write("SquareF64.java", "package p; final class SquareF64 {}");
    stamp();
    assertFalse(Files.exists(to.resolve("SquareF64.java")));
    assertFalse(Files.exists(to.resolve("SquareF64Twin.java")), "it has no vectors");
  }

  @Test
  void refersToTheTwinsOfOtherFiles() throws Exception {
    write(
        "CubeF32.java",
        """
        import jdk.incubator.vector.FloatVector;
        final class CubeF32 {
          static FloatVector cube(FloatVector x) {
            return SquareF32.square(x).mul(x);
          }
        }
        """);
    stamp();
    assertTrue(stamped("CubeF32Twin.java").contains("return (SquareF32Twin.square(x) * x);"));
    assertTrue(stamped("CubeF64Twin.java").contains("return (SquareF64Twin.square(x) * x);"));
  }

  @Test
  void doesNotTouchWhatIsUpToDate() throws Exception {
    stamp();
    var old = FileTime.fromMillis(0);
    Files.setLastModifiedTime(to.resolve("SquareF64.java"), old);
    stamp();
    assertEquals(old, Files.getLastModifiedTime(to.resolve("SquareF64.java")));
  }

  @Test
  void refusesToLeaveAFloatInTheFloat64Form() throws Exception {
    write("CastF32.java", "final class CastF32 { float one(Float x) { return x.floatValue(); } }");
    var failure = assertThrows(InvocationTargetException.class, this::stamp).getCause();
    assertTrue(failure.getMessage().startsWith("CastF64.java: a float type is left"));
  }

  private void stamp() throws Exception {
    main.invoke(null, (Object) new String[] {from.toString(), to.toString()});
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(from.resolve(name), text);
  }

  private String stamped(String name) throws Exception {
    return Files.readString(to.resolve(name));
  }

  private static long lines(String text) {
    return text.lines().count();
  }
}
