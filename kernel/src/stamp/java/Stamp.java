import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Derives the float64 forms and the scalar twins of the kernels from their float32 vector text.
 *
 * <ul>
 *   <li>{@code XF32.java} gives {@code XF64.java} by renaming types, unless an {@code XF64.java}
 *       was written by hand;
 *   <li>a file that imports the Vector API gives {@code XTwin.java}, the same text for vectors of
 *       one lane: every vector type becomes its element type, every vector operation the Java
 *       operator of the same meaning. Both round alike, so the twin has the vector form's bits.
 * </ul>
 *
 * Output keeps the lines of its origin. Arguments: source folder, output folder.
 */
final class Stamp {
  private static final Pattern VECTOR_IMPORT =
      Pattern.compile("^import (static )?jdk\\.incubator\\.vector\\.", Pattern.MULTILINE);
  private static final String SPECIES = "Species";

  private static final Map<String, String> TYPES =
      Map.of(
          "FloatVector", "float",
          "DoubleVector", "double",
          "IntVector", "int",
          "LongVector", "long",
          "VectorMask", "boolean");

  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("add", "+"),
          Map.entry("sub", "-"),
          Map.entry("mul", "*"),
          Map.entry("div", "/"),
          Map.entry("and", "&"),
          Map.entry("or", "|"),
          Map.entry("xor", "^"),
          Map.entry("LSHL", "<<"),
          Map.entry("ASHR", ">>"),
          Map.entry("LSHR", ">>>"),
          Map.entry("LT", "<"),
          Map.entry("LE", "<="),
          Map.entry("GT", ">"),
          Map.entry("GE", ">="),
          Map.entry("EQ", "=="),
          Map.entry("NE", "!="));

  /** Functions of one vector; the first argument, if any, is a species or a conversion's part. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("neg", "(-%s)"),
          Map.entry("not", "(!%s)"),
          Map.entry("abs", "Math.abs(%s)"),
          Map.entry("cast", "%s"),
          Map.entry("anyTrue", "%s"),
          Map.entry("reinterpretAsInts", "Float.floatToRawIntBits(%s)"),
          Map.entry("reinterpretAsFloats", "Float.intBitsToFloat(%s)"),
          Map.entry("reinterpretAsLongs", "Double.doubleToRawLongBits(%s)"),
          Map.entry("reinterpretAsDoubles", "Double.longBitsToDouble(%s)"));

  /** Values of a one-lane species and of its masks. */
  private static final Map<String, String> ONE_LANE = Map.of("length", "1", "firstTrue", "0");

  private final String text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private Stamp(String name, String text) throws IOException {
    var source =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) compiler.getTask(null, null, null, null, null, List.of(source));
    this.text = text;
    this.unit = task.parse().iterator().next();
    this.positions = Trees.instance(task).getSourcePositions();
  }

  /** Source text of {@code tree} for one lane. */
  private String render(Tree tree) {
    String rewritten =
        switch (tree) {
          case ImportTree i when i.toString().contains("jdk.incubator.vector") -> "";
          case ImportTree i when i.toString().contains("." + SPECIES) -> "";
          case IdentifierTree i -> TYPES.get(i.getName().toString());
          case ParameterizedTypeTree p -> TYPES.get(p.getType().toString());
          // A vector's convert() needs a cast of its result; the scalar form is itself a cast.
          case TypeCastTree c when TYPES.containsKey(c.getType().toString()) ->
              render(c.getExpression());
          case MethodInvocationTree call -> rewrite(call);
          default -> null;
        };
    if (rewritten != null) {
      return rewritten;
    }
    var out = new StringBuilder();
    int at = start(tree);
    for (Tree child : children(tree)) {
      if (start(child) >= at) {
        out.append(text, at, start(child)).append(render(child));
        at = end(child);
      }
    }
    return out.append(text, at, end(tree)).toString();
  }

  /** The scalar form of a call on a vector, mask or species; null for any other call. */
  private String rewrite(MethodInvocationTree call) {
    List<String> args = call.getArguments().stream().map(this::render).toList();
    if (!(call.getMethodSelect() instanceof MemberSelectTree select)) {
      return factory(call.getMethodSelect().toString(), args);
    }
    String name = select.getIdentifier().toString();
    String receiver = select.getExpression().toString();
    if (TYPES.containsKey(receiver)) {
      return factory(name, args);
    }
    if (receiver.equals("Math")) {
      return null;
    }
    String value = render(select.getExpression());
    if (args.isEmpty() && ONE_LANE.containsKey(name)) {
      return ONE_LANE.get(name);
    }
    if (FUNCTIONS.containsKey(name)) {
      return FUNCTIONS.get(name).formatted(value);
    }
    if (OPERATORS.containsKey(name) && args.size() == 1) {
      return infix(value, name, args.getFirst());
    }
    return switch (name) {
      case "compare", "lanewise" -> infix(value, args.get(0), args.get(1));
      case "fma" -> "Math.fma(%s, %s, %s)".formatted(value, args.get(0), args.get(1));
      case "blend" -> "(%s ? %s : %s)".formatted(args.get(1), args.get(0), value);
      case "intoArray" -> "%s[%s] = %s".formatted(args.get(0), args.get(1), value);
      case "convert" -> (args.getFirst().endsWith("2F") ? "(float) " : "(double) ") + value;
      case "sqrt" -> "(float) Math.sqrt(%s)".formatted(value);
      case "loopBound" -> args.getFirst();
      case "reduceLanes" -> value;
      default -> null;
    };
  }

  private static String factory(String name, List<String> args) {
    return switch (name) {
      case "fromArray" -> "%s[%s]".formatted(args.get(1), args.get(2));
      case "broadcast" -> args.get(1);
      case "zero" -> "0";
      default -> null;
    };
  }

  private static String infix(String left, String operator, String right) {
    return "(%s %s %s)".formatted(left, OPERATORS.get(operator), right);
  }

  private List<Tree> children(Tree tree) {
    var list = new ArrayList<Tree>();
    tree.accept(
        new TreeScanner<Void, Void>() {
          @Override
          public Void scan(Tree child, Void unused) {
            if (child != null && start(child) >= 0 && end(child) >= 0) {
              list.add(child);
            }
            return null;
          }
        },
        null);
    list.sort(Comparator.comparingInt(this::start));
    return list;
  }

  private int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree);
  }

  private int end(Tree tree) {
    return (int) positions.getEndPosition(unit, tree);
  }

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
    if (Pattern.compile("\\b[fF]loat").matcher(out).find()) {
      throw new IllegalStateException(name + ": a float type is left in the float64 form");
    }
    return out;
  }

  private static String twin(String name, String text, Set<String> twinned) throws IOException {
    var stamp = new Stamp(name, text);
    String out = stamp.render(stamp.unit) + stamp.text.substring(stamp.end(stamp.unit));
    out = stamp.text.substring(0, stamp.start(stamp.unit)) + out;
    return out.replaceAll("\\b(" + String.join("|", twinned) + ")\\b", "$1Twin");
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
      Path file64 = Path.of(origin.getKey().toString().replace("F32.java", "F64.java"));
      if (!origins.containsKey(file64)) {
        stamped.put(file64, float64(file64.toString(), origin.getValue()));
      }
    }
    var vectorFiles = new TreeMap<Path, String>();
    for (var files : List.of(origins, stamped)) {
      files.forEach((file, text) -> {
        if (VECTOR_IMPORT.matcher(text).find() && !name(file).equals(SPECIES)) {
          vectorFiles.put(file, text);
        }
      });
    }
    var twinned = new TreeSet<String>();
    vectorFiles.keySet().forEach(file -> twinned.add(name(file)));
    for (var file : vectorFiles.entrySet()) {
      stamped.put(
          file.getKey().resolveSibling(name(file.getKey()) + "Twin.java"),
          twin(name(file.getKey()), file.getValue(), twinned));
    }
    for (var file : stamped.entrySet()) {
      write(to.resolve(file.getKey()), "/* Stamped; do not edit. */ " + file.getValue());
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
