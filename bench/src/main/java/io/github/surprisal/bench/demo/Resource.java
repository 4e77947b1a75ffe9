package io.github.surprisal.bench.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPInputStream;

/** Files that are in the jar. */
final class Resource {
  private static final String UPLOT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private Resource() {}

  /** Text beside the classes of the demo. */
  static String text(String name) {
    return new String(bytes("io/github/surprisal/bench/demo/" + name), StandardCharsets.UTF_8);
  }

  /** Lines of a compressed file beside the classes of the demo. */
  static List<String> compressedLines(String name) {
    byte[] packed = bytes("io/github/surprisal/bench/demo/" + name);
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the chart library, of whatever version is in the jar. */
  static String chartLibrary(String name) {
    var properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(bytes(UPLOT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    String path = "META-INF/resources/webjars/uplot/%s/%s".formatted(version, name);
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String path) {
    try (InputStream in = Resource.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
