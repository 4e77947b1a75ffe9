package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.catalog.PointwiseInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The options of a pointwise loss in cases, as the catalog has them; one that is an array of
 * numbers is an input of a case.
 */
final class PointwiseOptions {
  private final PointwiseInfo info;
  private final Map<String, Object> usual = new LinkedHashMap<>();

  PointwiseOptions(PointwiseInfo info) {
    this.info = info;
    info.options()
        .forEach((name, value) -> {
          if (!(value instanceof double[])) {
            usual.put(name, value instanceof Double ? value : choices(value));
          }
        });
  }

  /** The default of each: a number, or a list of all that it may be, the default first. */
  Map<String, Object> usual() {
    return usual;
  }

  /** The options that are exponents. */
  List<String> powers() {
    return usual.keySet().stream().filter(name -> name.startsWith("gamma")).toList();
  }

  /** What a case gives, as values of the record. */
  Map<String, Object> given(PointwiseCase c) {
    var given = new HashMap<String, Object>();
    usual.keySet().forEach(name -> given.put(name, value(name, c.value(name))));
    return given;
  }

  private Object value(String name, Object word) {
    return info.options().get(name) instanceof Enum<?> constant
        ? constants(constant).filter(one -> word(one).equals(word)).findFirst().orElseThrow()
        : word;
  }

  private static List<Object> choices(Object usual) {
    return usual instanceof Enum<?> constant
        ? Stream.concat(Stream.of(constant), constants(constant))
            .map(PointwiseOptions::word)
            .distinct()
            .toList()
        : List.of(usual, !(boolean) usual);
  }

  private static Stream<Object> constants(Enum<?> one) {
    return Arrays.stream(one.getDeclaringClass().getEnumConstants());
  }

  /** PyTorch's words for the count term of a likelihood are true and false. */
  private static Object word(Object constant) {
    return switch (constant.toString()) {
      case "NONE" -> false;
      case "STIRLING" -> true;
      default -> constant.toString().toLowerCase(Locale.ROOT);
    };
  }
}
