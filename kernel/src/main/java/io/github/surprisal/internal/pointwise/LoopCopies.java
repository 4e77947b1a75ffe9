package io.github.surprisal.internal.pointwise;

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

  /** Loops by template and step. They go when the formula's class goes. */
  private static final ClassValue<Map<String, MethodHandle>> COPIES =
      new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> formula) {
          return new ConcurrentHashMap<>();
        }
      };

  private LoopCopies() {}

  /** The method {@code run} of a copy of the template's class. */
  static MethodHandle of(Class<?> template, MethodType run, Step step, Class<?> formula) {
    return COPIES
        .get(formula)
        .computeIfAbsent(template.getSimpleName() + step, key -> copy(template, run, step));
  }

  private static MethodHandle copy(Class<?> template, MethodType run, Step step) {
    try (var file = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      Lookup copy = LOOKUP.defineHiddenClassWithClassData(file.readAllBytes(), step, true);
      return copy.findStatic(copy.lookupClass(), "run", run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(template.getName(), e);
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
