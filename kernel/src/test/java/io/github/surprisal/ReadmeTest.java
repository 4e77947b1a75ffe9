package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the README compile and print what the README says. */
@Isolated // redirects standard output
class ReadmeTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\R(.*?)```.*?```text\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern MAIN = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);

  @TempDir private Path folder;

  static List<Arguments> programs() throws IOException {
    return PROGRAM
        .matcher(Files.readString(Path.of("..", "README.md")))
        .results()
        .map(program -> Arguments.of(main(program.group(1)), program.group(1), program.group(2)))
        .toList();
  }

  private static String main(String program) {
    var matcher = MAIN.matcher(program);
    return matcher.find() ? matcher.group(1) : null;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void programPrintsWhatTheReadmeSays(String main, String program, String expected)
      throws Exception {
    Path source = folder.resolve(main + ".java");
    Files.writeString(source, program);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--add-modules=jdk.incubator.vector",
                "-Xlint:-incubating",
                "-cp",
                "target/classes",
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, failed);
    assertEquals(expected, run(main).replace("\r\n", "\n"));
  }

  @Test
  void thereAreTwoPrograms() throws IOException {
    assertEquals(2, programs().size());
  }

  private String run(String main) throws Exception {
    var printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      var method = loader.loadClass(main).getMethod("main", String[].class);
      method.setAccessible(true);
      method.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
