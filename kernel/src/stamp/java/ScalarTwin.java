import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Rewrites the text of vector code for vectors of one lane: every vector type becomes its element
 * type, every vector operation the Java operator of the same meaning. Both round alike, so the twin
 * has the vector form's bits. Output keeps the lines of its origin.
 */
final class ScalarTwin {

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
          Map.entry("trueCount", "(%s ? 1 : 0)"),
          Map.entry("reinterpretAsInts", "Float.floatToRawIntBits(%s)"),
          Map.entry("reinterpretAsFloats", "Float.intBitsToFloat(%s)"),
          Map.entry("reinterpretAsLongs", "Double.doubleToRawLongBits(%s)"),
          Map.entry("reinterpretAsDoubles", "Double.longBitsToDouble(%s)"));

  /** Values of a one-lane species and of its masks. */
  private static final Map<String, String> ONE_LANE = Map.of("length", "1", "firstTrue", "0");

  private final String sqrt;
  private final String text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private ScalarTwin(String name, String text) throws IOException {
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
    // A float's root, rounded from double, is the nearest float to the root.
    this.sqrt = name.contains("F32") ? "((float) Math.sqrt(%s))" : "Math.sqrt(%s)";
    this.text = text;
    this.unit = task.parse().iterator().next();
    this.positions = Trees.instance(task).getSourcePositions();
  }

  /** Source text of {@code tree} for one lane. */
  private String render(Tree tree) {
    String rewritten =
        switch (tree) {
          case ImportTree i when i.toString().contains("jdk.incubator.vector") -> "";
          case ImportTree i when i.toString().contains(".Species") -> "";
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
    List<String> args = call.getArguments().stream().map(this::operand).toList();
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
      case "max", "min" ->
          args.size() == 1 ? "Math.%s(%s, %s)".formatted(name, value, args.getFirst()) : null;
      case "sqrt" -> sqrt.formatted(value);
      case "fma" -> "Math.fma(%s, %s, %s)".formatted(value, args.get(0), args.get(1));
      case "blend" -> "(%s ? %s : %s)".formatted(args.get(1), args.get(0), value);
      case "intoArray" -> "%s[%s] = %s".formatted(args.get(0), args.get(1), value);
      case "convert" -> (args.getFirst().endsWith("2F") ? "(float) " : "(double) ") + value;
      case "loopBound" -> args.getFirst();
      case "reduceLanes" -> value;
      default -> null;
    };
  }

  /** An argument as it may stand beside an operator. */
  private String operand(Tree tree) {
    String text = render(tree);
    boolean compound = tree instanceof BinaryTree || tree instanceof ConditionalExpressionTree;
    return compound ? "(" + text + ")" : text;
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

  /** The twin of a file's text; {@code twinned} are the names that get the suffix Twin. */
  static String of(String name, String text, Set<String> twinned) throws IOException {
    var twin = new ScalarTwin(name, text);
    int start = twin.start(twin.unit);
    String out =
        text.substring(0, start) + twin.render(twin.unit) + text.substring(twin.end(twin.unit));
    return out.replaceAll("\\b(" + String.join("|", twinned) + ")\\b", "$1Twin");
  }
}
