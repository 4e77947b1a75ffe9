package io.github.surprisal.catalog;

import io.github.surprisal.Bounds;
import io.github.surprisal.rows.RowLoss;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A loss of rows of class scores.
 *
 * @param name its name in commands and files, as {@code cross_entropy}
 * @param builder makes a builder with the options that are usual
 * @param predictions what class scores are
 * @param targets what the target of a row is
 * @param text the formula in a line; z scores, y label, w weight of its class, p = softmax(z)
 */
public record RowInfo(
    String name,
    Supplier<? extends RowLoss.Builder<?>> builder,
    Values predictions,
    Values targets,
    String text)
    implements LossInfo {
  /** Refuses null. */
  public RowInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(builder, "builder");
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(text, "text");
  }

  /** The loss with the options that are usual. */
  public RowLoss loss() {
    return builder.get().build();
  }

  @Override
  public Class<?> type() {
    return loss().getClass();
  }

  @Override
  public Map<String, Object> options() {
    var options = new LinkedHashMap<String, Object>();
    loss().options().forEach((option, value) -> options.put(Names.option(option), value));
    return options;
  }

  /**
   * The loss with other options.
   *
   * @param changed by their names, {@code label_smoothing} for the builder's {@code
   *     labelSmoothing}: of the type of that method's argument
   * @throws IllegalArgumentException if there is no such option, or it is out of range
   */
  public RowLoss with(Map<String, ?> changed) {
    Objects.requireNonNull(changed, "changed");
    RowLoss.Builder<?> made = builder.get();
    Map<String, Method> setters =
        Arrays.stream(made.getClass().getMethods())
            .filter(method -> method.getParameterCount() == 1 && !method.isBridge())
            .filter(method -> RowLoss.Builder.class.isAssignableFrom(method.getReturnType()))
            .collect(
                Collectors.toMap(
                    method -> Names.option(method.getName()),
                    method -> method,
                    (a, b) -> a,
                    TreeMap::new));
    Names.requireKnown(name, changed, setters.keySet());
    changed.forEach((option, value) -> set(made, setters.get(option), option, value));
    return made.build();
  }

  private static void set(Object builder, Method setter, String option, Object value) {
    Names.requireType(option, value, setter.getParameterTypes()[0]);
    try {
      setter.invoke(builder, value);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new LinkageError(option, e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(option, e);
    }
  }

  @Override
  public Bounds bounds() {
    return loss().bounds();
  }
}
