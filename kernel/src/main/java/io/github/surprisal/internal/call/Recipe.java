package io.github.surprisal.internal.call;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * How a loss or function is made by the public methods of its class: {@code builder}, one method
 * for each option, and {@code build}; or by its constructor, if there are no options. It is what
 * {@code toString} shows and what a stream holds, so that whatever is read from one has passed the
 * checks of its options.
 *
 * @param type the class
 * @param options of each method of the builder the name and the argument
 */
public record Recipe(Class<?> type, LinkedHashMap<String, Object> options) implements Serializable {
  /** Of what the builder builds: its fields are its options. */
  public static Recipe of(Object builder) {
    var options = Fields.of(builder, field -> !Modifier.isFinal(field.getModifiers()));
    // No option is NaN: one that was not given may be.
    options.values().removeIf(value -> value instanceof Double number && number.isNaN());
    return new Recipe(builder.getClass().getEnclosingClass(), options);
  }

  private Object readResolve() throws InvalidObjectException {
    try {
      if (options.isEmpty()) {
        return type.getConstructor().newInstance();
      }
      Object builder = type.getMethod("builder").invoke(null);
      for (var option : options.entrySet()) {
        method(builder.getClass(), option.getKey()).invoke(builder, option.getValue());
      }
      return builder.getClass().getMethod("build").invoke(builder);
    } catch (InvocationTargetException e) {
      throw invalid(e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw invalid(e);
    }
  }

  private static Method method(Class<?> owner, String name) throws NoSuchMethodException {
    return Arrays.stream(owner.getMethods())
        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodException(owner.getName() + "." + name));
  }

  private InvalidObjectException invalid(Throwable cause) {
    return new InvalidObjectException(this + " cannot be made", cause);
  }

  @Override
  public String toString() {
    return type.getSimpleName() + Fields.text(options);
  }
}
