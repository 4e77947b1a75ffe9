package io.github.surprisal.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.rows.CrossEntropy;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a user of the library meets: the module path, the class path, the class path without the
 * flag, and other vector widths. Every one prints the bits that this JVM computes.
 */
@Order(1) // what takes longest begins
class ConsumerTest {
  private static final String MAIN = "io.github.surprisal.consumer.Bits";
  private static final String ADD_VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String HINT = "add the flag --add-modules jdk.incubator.vector";
  private static final String FEW = "40";

  @TempDir private static Path module;

  private static Path kernel;
  private static String classPath;
  private static String all;
  private static String few;

  @BeforeAll
  static void compile() throws IOException, URISyntaxException {
    kernel =
        Path.of(CrossEntropy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path descriptor = module.resolve("module-info.java");
    Files.writeString(descriptor, "module consumer { requires io.github.surprisal; }");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--module-path=" + kernel,
                "-Xlint:-incubating",
                "-d",
                module.toString(),
                descriptor.toString(),
                source("Bits"),
                source("OptionBits"),
                source("GuardBits"));
    assertEquals(0, failed);
    classPath = kernel + File.pathSeparator + module;
    all = Bits.text(Integer.MAX_VALUE);
    few = Bits.text(Integer.parseInt(FEW));
  }

  private static String source(String type) {
    return "src/test/java/io/github/surprisal/consumer/" + type + ".java";
  }

  @Test
  void namedModuleNeedsNoFlag() throws Exception {
    String path = kernel + File.pathSeparator + module;
    var run = ChildJvm.run("--module-path", path, "--module", "consumer/" + MAIN, FEW);
    assertPrints(true, few, run);
  }

  @Test
  void classPathNeedsOneFlag() throws Exception {
    var run = ChildJvm.run(ADD_VECTORS, "-cp", classPath, MAIN, FEW);
    assertPrints(true, few, run);
    assertFalse(run.err().contains(HINT), run.err());
  }

  @Test
  void withoutTheFlagScalarCodeAnswersAndSaysSo() throws Exception {
    var run = ChildJvm.run("-cp", classPath, MAIN);
    assertPrints(false, all, run);
    assertEquals(1, run.err().split(HINT, -1).length - 1, run.err());
  }

  @Test
  void propertySwitchesVectorsOff() throws Exception {
    var run = ChildJvm.run(ADD_VECTORS, "-Dsurprisal.simd=false", "-cp", classPath, MAIN, FEW);
    assertPrints(false, few, run);
    assertFalse(run.err().contains(HINT), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:MaxVectorSize=16", "-XX:MaxVectorSize=32"})
  void widthDoesNotChangeBits(String flag) throws Exception {
    assertPrints(true, all, compiled(flag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:UseAVX=1"})
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
  void instructionSetDoesNotChangeBits(String flag) throws Exception {
    assertPrints(true, all, compiled(flag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:MaxVectorSize=16", "-XX:UseAVX=1"})
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
  void scalarCodeAnswersWhereVectorsWouldBeBoxed(String flag) throws Exception {
    assertPrints(false, few, ChildJvm.run(ADD_VECTORS, flag, "-cp", classPath, MAIN, FEW));
  }

  /** A run that spends most of its rows in compiled code: the interpreter knows no widths. */
  private static ChildJvm compiled(String flag) throws Exception {
    return ChildJvm.run(
        ADD_VECTORS,
        "-Dsurprisal.simd=true", // for 128 bits on x86, which are not used unasked
        flag,
        // Of the kernels alone: all else would take half of the time.
        "-XX:CompileCommand=CompileThresholdScaling,io.github.surprisal.*::*,0.05",
        "-XX:-BackgroundCompilation",
        "-cp",
        classPath,
        MAIN);
  }

  private static void assertPrints(boolean vectors, String expected, ChildJvm run) {
    assertEquals(0, run.exit(), run.err());
    var lines = run.out().lines().toList();
    assertEquals("vectors=" + vectors, lines.getFirst(), run.err());
    var rows = expected.lines().toList();
    assertTrue(lines.size() > 1 && rows.size() == lines.size() - 1, "number of lines");
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(rows.get(i), lines.get(i + 1));
    }
  }
}
