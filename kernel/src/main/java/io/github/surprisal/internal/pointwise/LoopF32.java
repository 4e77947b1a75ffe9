package io.github.surprisal.internal.pointwise;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * One step of one formula over a block: out[from + i] = factor f(element i of the block).
 *
 * <p>It is called through a method handle that is no constant, which C2 never inlines. So each copy
 * of the loop is compiled alone; two of them inlined into their caller could exceed what C2 inlines
 * into one method, and their vectors would be put in boxes.
 */
final class LoopF32 {
  private final MethodHandle copy;

  /** A copy of the template's {@code run} for a formula, seen as one of {@code type}. */
  LoopF32(Class<?> template, Step step, Object formula, Class<?> type) {
    var run =
        MethodType.methodType(
            void.class, type, BlockF32.class, float.class, float[].class, int.class);
    copy = LoopCopies.of(template, run, step, formula.getClass()).bindTo(formula);
  }

  void run(BlockF32 block, float factor, float[] out, int from) {
    try {
      copy.invokeExact(block, factor, out, from);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
