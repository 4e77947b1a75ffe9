package io.github.surprisal;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * How a loss or function is made by the public methods of its class: a static one, one for each
 * option, and {@code build} if they are those of a builder. It is what {@code toString} shows and
 * what a stream holds, so that whatever is read from one has passed the checks of its options.
 *
 * @param type the simple name of the class
 * @param factory the static method
 * @param argument that of the static method, or null
 * @param options of each method the name and the argument
 */
record Recipe(String type, String factory, Double argument, LinkedHashMap<String, Object> options)
    implements Serializable {
  /** Of what the builder builds: its fields that are not final are its options. */
  static Recipe of(RowLoss.Builder<?> builder) {
    var options = Fields.of(builder, field -> !Modifier.isFinal(field.getModifiers()));
    // No option is NaN: one that was not given may be.
    options.values().removeIf(value -> value instanceof Double number && number.isNaN());
    String type = builder.getClass().getEnclosingClass().getSimpleName();
    return new Recipe(type, builder.factory, builder.argument, options);
  }

  /** Of a function; null if it knows no temperature. */
  static Recipe of(Object function, Double temperature) {
    var options = new LinkedHashMap<String, Object>();
    if (temperature != null) {
      options.put("temperature", temperature);
    }
    return new Recipe(function.getClass().getSimpleName(), "create", null, options);
  }

  private Object readResolve() throws InvalidObjectException {
    try {
      Class<?> owner = Class.forName(Recipe.class.getPackageName() + "." + type);
      Object made =
          argument == null
              ? owner.getMethod(factory).invoke(null)
              : owner.getMethod(factory, double.class).invoke(null, argument);
      for (var option : options.entrySet()) {
        made = method(made.getClass(), option.getKey()).invoke(made, option.getValue());
      }
      return made instanceof RowLoss.Builder<?> builder ? builder.build() : made;
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
    boolean usual = factory.equals("builder") || factory.equals("create");
    String made = argument == null ? factory + "()" : factory + "(" + argument + ")";
    return type + (usual ? "" : "." + made) + Fields.text(options);
  }
}
