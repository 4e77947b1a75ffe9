package io.github.surprisal.internal.pointwise;

import io.github.surprisal.internal.loop.Loop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies of the loop over elements: one for each class of formulas and each step, made when it is
 * first asked for, so that each has a type profile with one formula.
 */
final class LoopCopies {
  private static final Lookup LOOKUP = MethodHandles.lookup();

  /** Loops by template and step. They go when the formula's class goes. */
  private static final ClassValue<Map<String, Loop<?>>> COPIES =
      new ClassValue<>() {
        @Override
        protected Map<String, Loop<?>> computeValue(Class<?> formula) {
          return new ConcurrentHashMap<>();
        }
      };

  private LoopCopies() {}

  @SuppressWarnings("unchecked")
  static <A> Loop<A> of(Class<?> template, Class<A> block, Step step, Class<?> formula) {
    return (Loop<A>)
        COPIES
            .get(formula)
            .computeIfAbsent(
                template.getSimpleName() + step, key -> Loop.copy(LOOKUP, template, block, step));
  }
}
