package io.github.surprisal.catalog;

import java.lang.invoke.MethodType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of options in files, {@code label_smoothing} for {@code labelSmoothing}. */
final class Names {
  private Names() {}

  static String option(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Refuses an option that the loss has not. */
  static void requireKnown(String loss, Map<String, ?> given, Set<String> known) {
    for (String option : given.keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(
            "option %s of %s, expected one of %s".formatted(option, loss, known));
      }
    }
  }

  /** Refuses a value of another type. */
  static void requireType(String option, Object value, Class<?> type) {
    if (!MethodType.methodType(type).wrap().returnType().isInstance(value)) {
      throw new IllegalArgumentException(
          "%s = %s, expected a value of type %s".formatted(option, value, type.getSimpleName()));
    }
  }
}
