package io.github.surprisal.bench.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPInputStream;

/** Files that are in the jar. */
public final class Resource {
  private Resource() {}

  /** Text of a file, by its path below the package of the command line. */
  public static String text(String path) {
    return new String(bytes("io/github/surprisal/bench/" + path), StandardCharsets.UTF_8);
  }

  /** Lines of a compressed file, by the same path. */
  public static List<String> compressedLines(String path) {
    byte[] packed = bytes("io/github/surprisal/bench/" + path);
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of a JavaScript library, of whatever version is in the jar. */
  static String webJar(String group, String name, String path) {
    var properties = new Properties();
    String about = "META-INF/maven/%s/%s/pom.properties".formatted(group, name);
    try {
      properties.load(new ByteArrayInputStream(bytes(about)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String folder = "META-INF/resources/webjars/%s/%s/";
    String file = folder.formatted(name, properties.getProperty("version")) + path;
    return new String(bytes(file), StandardCharsets.UTF_8);
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
