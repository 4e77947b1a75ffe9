package io.github.surprisal.build;

import static io.github.surprisal.build.KernelClasses.name;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector class has a scalar twin that can take its place. */
class TwinSignaturesTest {
  private static final Map<String, String> SCALARS =
      Map.of(
          "Ljdk/incubator/vector/FloatVector;", "F",
          "Ljdk/incubator/vector/DoubleVector;", "D",
          "Ljdk/incubator/vector/IntVector;", "I",
          "Ljdk/incubator/vector/LongVector;", "J",
          "Ljdk/incubator/vector/VectorMask;", "Z");

  static Set<String> vectorized() {
    return KernelClasses.vectorized().map(KernelClasses::name).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("vectorized")
  void twinHasThePublicMethodsOfItsOrigin(String origin) {
    var expected =
        methods(origin).stream().map(this::scalar).collect(Collectors.toUnmodifiableSet());
    assertEquals(expected, methods(twin(origin)));
  }

  @ParameterizedTest
  @MethodSource("vectorized")
  void float64FormHasThePublicMethodsOfItsOrigin(String origin) {
    String other = origin.replace("F32", "F64");
    assertEquals(names(origin), names(other));
  }

  /** A class nested in a vector class is in its twin. */
  private static String twin(String origin) {
    int nested = origin.indexOf('$');
    return nested < 0
        ? origin + "Twin"
        : origin.substring(0, nested) + "Twin" + origin.substring(nested);
  }

  private String scalar(String method) {
    String result = method;
    for (var type : SCALARS.entrySet()) {
      result = result.replace(type.getKey(), type.getValue());
    }
    return result;
  }

  private static Set<String> methods(String type) {
    return find(type).methods().stream()
        .filter(method -> method.flags().has(AccessFlag.PUBLIC))
        .map(method -> method.methodName().stringValue() + method.methodType().stringValue())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> names(String type) {
    return methods(type).stream()
        .map(method -> method.substring(0, method.indexOf('(')))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static ClassModel find(String type) {
    return KernelClasses.all()
        .filter(model -> name(model).equals(type))
        .findAny()
        .orElseThrow(() -> new AssertionError("no class " + type));
  }
}
