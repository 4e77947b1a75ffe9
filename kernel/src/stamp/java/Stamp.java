import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Derives the float64 forms and the scalar twins of the kernels from their float32 vector text.
 *
 * <ul>
 *   <li>{@code XF32.java} gives {@code XF64.java} by renaming types, unless an {@code XF64.java}
 *       was written by hand;
 *   <li>a file that imports the Vector API, or extends what may, gives {@code XTwin.java}, see
 *       {@link ScalarTwin}, unless that too was written by hand.
 * </ul>
 *
 * Arguments: source folder, output folder.
 */
final class Stamp {
  private static final Pattern VECTOR_IMPORT =
      Pattern.compile("^import (static )?jdk\\.incubator\\.vector\\.", Pattern.MULTILINE);
  private static final Pattern SUPERCLASS = Pattern.compile("\\bclass \\w+ extends (\\w+)");
  private static final String SPECIES = "Species";

  private Stamp() {}

  private static String float64(String name, String text) {
    String out =
        text.replace("F32", "F64")
            .replace("I32", "I64")
            .replace("float32", "float64")
            .replaceAll("\\bFloatVector\\b", "DoubleVector")
            .replaceAll("\\bIntVector\\b", "LongVector")
            .replaceAll("\\bfloat\\b", "double")
            .replaceAll("\\bFloat\\b", "Double")
            .replaceAll("(?<=[0-9.])f\\b", "d")
            // A narrowing cast of the origin is no cast here.
            .replaceFirst(
                "(?m)^(public )?(final )?(class|interface) ", "@SuppressWarnings(\"cast\") $0");
    if (Pattern.compile("\\b[fF]loat(?!64)").matcher(out).find()) {
      throw new IllegalStateException(name + ": a float type is left in the float64 form");
    }
    return out;
  }

  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    var origins = new TreeMap<Path, String>();
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        origins.put(from.relativize(file), Files.readString(file));
      }
    }
    var stamped = new TreeMap<Path, String>();
    for (var origin : origins.entrySet()) {
      Path file64 =
          Path.of(origin.getKey().toString().replaceFirst("F32(Twin)?\\.java$", "F64$1.java"));
      if (!origins.containsKey(file64)) {
        stamped.put(file64, float64(file64.toString(), origin.getValue()));
      }
    }
    var all = new TreeMap<>(origins);
    all.putAll(stamped);
    var vectorFiles = new TreeMap<>(all);
    vectorFiles.entrySet().removeIf(file -> !VECTOR_IMPORT.matcher(file.getValue()).find());
    vectorFiles.keySet().removeIf(file -> name(file).equals(SPECIES));
    var twinned = new TreeSet<String>();
    vectorFiles.keySet().forEach(file -> twinned.add(name(file)));
    all.forEach((file, text) -> {
      var superclass = SUPERCLASS.matcher(text);
      if (superclass.find() && twinned.contains(superclass.group(1))) {
        vectorFiles.put(file, text);
      }
    });
    vectorFiles.keySet().forEach(file -> twinned.add(name(file)));
    for (var file : vectorFiles.entrySet()) {
      Path twin = file.getKey().resolveSibling(name(file.getKey()) + "Twin.java");
      if (!all.containsKey(twin)) {
        stamped.put(twin, ScalarTwin.of(name(file.getKey()), file.getValue(), twinned));
      }
    }
    for (var file : stamped.entrySet()) {
      write(to.resolve(file.getKey()), "/* Stamped; do not edit. */ " + file.getValue());
    }
    deleteOthers(to, stamped.keySet());
  }

  /** What was stamped from a file that is gone must not be compiled again. */
  private static void deleteOthers(Path to, Set<Path> stamped) throws IOException {
    try (var files = Files.walk(to)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!stamped.contains(to.relativize(file))) {
          Files.delete(file);
        }
      }
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  /** Leaves an unchanged file untouched, so that an incremental build compiles nothing. */
  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }
}
