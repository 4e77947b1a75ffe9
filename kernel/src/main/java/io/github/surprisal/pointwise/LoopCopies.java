package io.github.surprisal.pointwise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies of a loop, as hidden classes: one for each class of formulas and each step, made when it
 * is first asked for.
 *
 * <p>HotSpot keeps one type profile for a loop. Once two formulas have run in the same loop it
 * inlines neither, and every vector becomes an object. A copy has a profile of its own.
 */
final class LoopCopies {
  private static final Lookup LOOKUP = MethodHandles.lookup();

  /** Constructors by template and step. They go when the formula's class goes. */
  private static final ClassValue<Map<String, MethodHandle>> COPIES =
      new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> formula) {
          return new ConcurrentHashMap<>();
        }
      };

  private LoopCopies() {}

  /** A loop of {@code formula}, of a class that is a copy of the template's. */
  static Object of(String template, Step step, Object formula) {
    var constructor =
        COPIES
            .get(formula.getClass())
            .computeIfAbsent(template + step, key -> copy(template, step));
    try {
      return (Object) constructor.invokeExact(formula);
    } catch (Throwable e) {
      throw new LinkageError(template, e);
    }
  }

  private static MethodHandle copy(String template, Step step) {
    try (var file = LoopCopies.class.getResourceAsStream(template + ".class")) {
      Lookup copy = LOOKUP.defineHiddenClassWithClassData(file.readAllBytes(), step, true);
      return copy.findConstructor(
              copy.lookupClass(), MethodType.methodType(void.class, Object.class))
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(template, e);
    }
  }

  /** The step of the copy that asks. */
  static Step step(Lookup copy) {
    try {
      return MethodHandles.classData(copy, "_", Step.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError(copy.toString(), e);
    }
  }
}
