package io.github.surprisal.catalog;

import io.github.surprisal.Bounds;
import io.github.surprisal.formula.Formula;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A loss of prediction and target.
 *
 * @param name its name in commands and files, as {@code binary_cross_entropy}
 * @param formula the record, with the options that are usual
 * @param predictions what predictions are
 * @param targets what targets are
 * @param text the formula in a line; d = p - t
 */
public record PointwiseInfo(
    String name, Formula formula, Values predictions, Values targets, String text)
    implements LossInfo {
  /** Refuses null. */
  public PointwiseInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(formula, "formula");
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(text, "text");
  }

  @Override
  public Class<?> type() {
    return formula.getClass();
  }

  @Override
  public Map<String, Object> options() {
    var options = new LinkedHashMap<String, Object>();
    for (RecordComponent component : type().getRecordComponents()) {
      options.put(optionName(component), value(component));
    }
    return options;
  }

  @Override
  public Bounds bounds() {
    return formula.bounds();
  }

  /**
   * The formula with other options.
   *
   * @param changed by their names, as {@link #options} has them: a Double, a Boolean, a double[] or
   *     a constant of an enum
   * @throws IllegalArgumentException if there is no such option, or it is out of range
   */
  public Formula with(Map<String, ?> changed) {
    Objects.requireNonNull(changed, "changed");
    var components = type().getRecordComponents();
    var types = new Class<?>[components.length];
    var values = new Object[components.length];
    var known = options();
    for (String option : changed.keySet()) {
      if (!known.containsKey(option)) {
        throw new IllegalArgumentException(
            "option %s of %s, expected one of %s".formatted(option, name, known.keySet()));
      }
    }
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      Object given = changed.get(optionName(components[i]));
      values[i] = given == null ? value(components[i]) : given;
      if (!MethodType.methodType(types[i]).wrap().returnType().isInstance(values[i])) {
        throw new IllegalArgumentException(
            "%s = %s, expected a value of type %s"
                .formatted(optionName(components[i]), given, types[i].getSimpleName()));
      }
    }
    try {
      return (Formula) type().getConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new LinkageError(name, e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  /** {@code labelSmoothing} is {@code label_smoothing}. */
  private static String optionName(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private Object value(RecordComponent component) {
    try {
      return component.getAccessor().invoke(formula);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
  }
}
