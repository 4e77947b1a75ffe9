package io.github.surprisal.bench.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What opens a page without a window and tells what became of it. */
public enum Browser {
  /** The engine of Safari, which Maven brings. */
  WEBKIT {
    @Override
    List<String> command(String page, Path folder) {
      var command = new ArrayList<>(List.of(java(), "-Dglass.platform=Headless"));
      command.add("-Djavafx.cachedir=" + folder.resolve("javafx"));
      command.addAll(List.of("-Dprism.order=sw", "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("-Duser.language=en", "-Duser.country=US"));
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
      command.addAll(List.of(System.getProperty("java.class.path"), WebKit.class.getName(), page));
      return command;
    }
  },
  /** Chromium or Chrome, where one is installed. */
  CHROMIUM {
    @Override
    List<String> command(String page, Path folder) {
      var command = new ArrayList<>(List.of(chromium(), "--headless", "--no-sandbox"));
      command.addAll(List.of("--disable-gpu", "--disable-quic", "--no-first-run"));
      command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
      command.addAll(List.of("--disable-sync", "--user-data-dir=" + folder.resolve("chromium")));
      command.addAll(List.of("--virtual-time-budget=5000", "--dump-dom", page));
      return command;
    }
  };

  private static final String[] NAMES = {"chromium", "chromium-browser", "google-chrome", "chrome"};

  abstract List<String> command(String page, Path folder);

  /** Opens a page, and gives its DOM in the end. */
  String domOf(Path page, Path folder) throws IOException, InterruptedException {
    return run(command(page.toUri().toString(), folder), folder.resolve(name() + ".out"));
  }

  /** Those that are on this machine. */
  static List<Browser> installed() {
    return chromium() == null ? List.of(WEBKIT) : List.of(WEBKIT, CHROMIUM);
  }

  private static String chromium() {
    String named = System.getenv("CHROME_PATH");
    if (named != null) {
      return named;
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> Stream.of(NAMES).map(name -> new File(folder, name)))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst()
        .orElse(null);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The standard output. */
  private static String run(List<String> command, Path out)
      throws IOException, InterruptedException {
    Path errors = Path.of(out + ".err");
    var builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    // In the language C of a bare machine WebKit has no formats of numbers.
    builder.environment().putAll(Map.of("LANG", "en_US.UTF-8", "LC_ALL", "en_US.UTF-8"));
    var process = builder.redirectError(errors.toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(command.getFirst() + " did not end: " + Files.readString(errors));
    }
    if (process.exitValue() != 0) {
      throw new IOException(command.getFirst() + " failed: " + Files.readString(errors));
    }
    return Files.readString(out);
  }
}
