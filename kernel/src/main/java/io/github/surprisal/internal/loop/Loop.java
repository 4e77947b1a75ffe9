package io.github.surprisal.internal.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * A loop over arrays, which C2 compiles alone: the static method {@code run(A)} of a class, or of a
 * hidden class that is a copy of a template.
 *
 * <p>A copy serves two ends. Constants that the copy was made with are {@code static final} in it,
 * so that one text gives a loop for every combination of options, without a test inside. And it has
 * a type profile of its own, where a loop that two terms share would be compiled for neither.
 *
 * <p>The method handle is no constant, so C2 never inlines what it calls: two loops in one
 * compilation could exceed what C2 inlines, and then vectors become objects. A call takes some 5
 * ns, so a loop takes a group of rows or a block.
 *
 * @param <A> the operands: arrays, where in them the loop begins, and its results
 */
public final class Loop<A> {
  private final MethodHandle run;

  private Loop(MethodHandle run) {
    this.run = run;
  }

  /**
   * A copy of {@code template}.
   *
   * @param lookup that of a class in the template's package
   * @param constants what {@link #constants} gives in the copy
   */
  public static <A> Loop<A> copy(
      Lookup lookup, Class<?> template, Class<A> operands, Object constants) {
    try (var file = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      return of(
          lookup.defineHiddenClassWithClassData(file.readAllBytes(), constants, true), operands);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(template.getName(), e);
    }
  }

  /** The loop of a class that has no constants. */
  public static <A> Loop<A> of(Lookup loop, Class<A> operands) {
    try {
      var type = MethodType.methodType(void.class, operands);
      var run = loop.findStatic(loop.lookupClass(), "run", type);
      return new Loop<>(run.asType(MethodType.methodType(void.class, Object.class)));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(loop.toString(), e);
    }
  }

  /** The constants of the copy that asks; {@code standard} in the template itself. */
  public static <C> C constants(Lookup copy, C standard) {
    try {
      Object constants = MethodHandles.classData(copy, "_", Object.class);
      @SuppressWarnings("unchecked")
      C own = (C) constants;
      return constants == null ? standard : own;
    } catch (IllegalAccessException e) {
      throw new LinkageError(copy.toString(), e);
    }
  }

  /** Runs the loop. */
  public void run(A operands) {
    try {
      run.invokeExact((Object) operands);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
