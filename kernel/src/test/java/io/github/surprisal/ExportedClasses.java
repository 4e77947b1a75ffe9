package io.github.surprisal;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The public classes of the exported packages, nested ones too. */
final class ExportedClasses {
  private static final List<String> PACKAGES =
      List.of("io.github.surprisal", "io.github.surprisal.formula");

  private ExportedClasses() {}

  static List<Class<?>> list() throws IOException, URISyntaxException, ClassNotFoundException {
    var location = CrossEntropy.class.getProtectionDomain().getCodeSource().getLocation();
    var found = new ArrayList<Class<?>>();
    for (String name : PACKAGES) {
      try (var files = Files.list(Path.of(location.toURI()).resolve(name.replace('.', '/')))) {
        for (Path file : files.sorted().toList()) {
          String simple = file.getFileName().toString();
          if (simple.endsWith(".class") && !simple.equals("package-info.class")) {
            var type = Class.forName(name + "." + simple.replace(".class", ""));
            if (isPublic(type)) {
              found.add(type);
            }
          }
        }
      }
    }
    return found;
  }

  private static boolean isPublic(Class<?> type) {
    return type == null
        || Modifier.isPublic(type.getModifiers()) && isPublic(type.getEnclosingClass());
  }
}
