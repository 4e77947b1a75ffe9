package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README compiles and prints what the README says. */
class ReadmeTest {
  @TempDir private Path folder;

  @Test
  void examplePrintsWhatTheReadmeSays() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    Path source = folder.resolve("Example.java");
    Files.writeString(source, block(readme, "```java\n"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", "target/classes", "-d", folder.toString(), source + "");
    assertEquals(0, failed);
    assertEquals(block(readme, "```text\n"), run().replace("\r\n", "\n"));
  }

  private String run() throws Exception {
    var printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      var main = loader.loadClass("Example").getMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static String block(String readme, String fence) {
    int from = readme.indexOf(fence) + fence.length();
    return readme.substring(from, readme.indexOf("```", from));
  }
}
