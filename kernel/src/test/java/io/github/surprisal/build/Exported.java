package io.github.surprisal.build;

import io.github.surprisal.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The exported packages, as the module says, their public classes and their sources. */
public final class Exported {
  private static final Path SOURCES = Path.of("src/main/java");

  private Exported() {}

  private static Path compiled() {
    try {
      var source = Matrix.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new LinkageError("classes", e);
    }
  }

  /** The names of the packages. */
  public static List<String> packages() throws IOException {
    try (var stream = Files.newInputStream(compiled().resolve("module-info.class"))) {
      var exports = ModuleDescriptor.read(stream).exports();
      return exports.stream().map(ModuleDescriptor.Exports::source).sorted().toList();
    }
  }

  /** The source files in them. */
  public static List<Path> sources() throws IOException {
    return packages().stream().flatMap(name -> files(SOURCES, name, ".java").stream()).toList();
  }

  /** The source file of a class. */
  public static Path source(String simpleName) throws IOException {
    return sources().stream()
        .filter(file -> file.endsWith(simpleName + ".java"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(simpleName));
  }

  /** The public classes, nested ones too. */
  public static List<Class<?>> classes() throws IOException, ClassNotFoundException {
    var found = new ArrayList<Class<?>>();
    for (String name : packages()) {
      for (Path file : files(compiled(), name, ".class")) {
        String simple = file.getFileName().toString().replace(".class", "");
        var type = simple.equals("package-info") ? null : Class.forName(name + "." + simple);
        if (type != null && isPublic(type)) {
          found.add(type);
        }
      }
    }
    return found;
  }

  private static List<Path> files(Path root, String name, String end) {
    try (var files = Files.list(root.resolve(name.replace('.', '/')))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    return type == null
        || Modifier.isPublic(type.getModifiers()) && isPublic(type.getEnclosingClass());
  }
}
