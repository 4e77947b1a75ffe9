package io.github.surprisal.build;

import static io.github.surprisal.build.KernelClasses.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of speed and of equal bits that the compiler does not check. */
class BytecodeTest {
  /** FreqInlineSize: C2 calls a larger method, however hot, and boxes the vectors it passes. */
  private static final int INLINED = 325;

  /** Their order is unspecified, so that their bits would differ by width. */
  private static final Set<String> UNORDERED = Set.of("ADD", "MUL");

  /**
   * What no standard rounds exactly. The names of the Vector API's operators are these, in
   * capitals.
   */
  private static final Set<String> INEXACT =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

  @Test
  void thereAreVectorClasses() {
    assertFalse(KernelClasses.vectorized().toList().isEmpty());
  }

  @Test
  void vectorMethodsAreSmallEnoughToInline() {
    // Loops are called with arrays, so that nothing is lost where they are not inlined.
    assertNone(
        KernelClasses.vectorized(),
        method ->
            method.methodType().stringValue().contains("jdk/incubator/vector/")
                && method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0)
                    > INLINED);
  }

  @Test
  void vectorMethodsCaptureNothing() {
    assertNone(KernelClasses.vectorized(), has(InvokeDynamicInstruction.class::isInstance));
  }

  @Test
  void sumsOfLanesHaveAnOrder() {
    Predicate<MethodModel> reduces = has(call("reduceLanes"));
    Predicate<MethodModel> unordered =
        has(element -> operator(element) != null && UNORDERED.contains(operator(element)));
    assertNone(KernelClasses.vectorized(), reduces.and(unordered));
  }

  @Test
  void elementaryFunctionsOfVectorsAreOurOwn() {
    assertNone(
        KernelClasses.vectorized(),
        has(element ->
            operator(element) != null
                && INEXACT.contains(operator(element).toLowerCase(Locale.ROOT))));
  }

  @Test
  void elementaryFunctionsOfScalarsAreOurOwn() {
    assertNone(
        KernelClasses.all(),
        has(element ->
            element instanceof InvokeInstruction call
                && call.owner().asInternalName().matches("java/lang/(Strict)?Math")
                && INEXACT.contains(call.name().stringValue())));
  }

  private static void assertNone(Stream<ClassModel> types, Predicate<MethodModel> broken) {
    Function<ClassModel, Stream<String>> methods =
        type -> type.methods().stream().filter(broken).map(method -> name(type, method));
    assertEquals(List.of(), types.flatMap(methods).toList());
  }

  private static Predicate<MethodModel> has(Predicate<CodeElement> element) {
    return method -> method.code().stream().flatMap(code -> code.elementStream()).anyMatch(element);
  }

  private static Predicate<CodeElement> call(String name) {
    return element -> element instanceof InvokeInstruction call && call.name().equalsString(name);
  }

  /** The operator of the Vector API that the instruction loads, or null. */
  private static String operator(CodeElement element) {
    return element instanceof FieldInstruction field
            && field.owner().asInternalName().equals("jdk/incubator/vector/VectorOperators")
        ? field.name().stringValue()
        : null;
  }
}
