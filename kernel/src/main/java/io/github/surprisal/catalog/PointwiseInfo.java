package io.github.surprisal.catalog;

import io.github.surprisal.Bounds;
import io.github.surprisal.formula.Formula;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
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
    Names.requireKnown(name, changed, options().keySet());
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      Object given = changed.get(optionName(components[i]));
      values[i] = given == null ? value(components[i]) : given;
      Names.requireType(optionName(components[i]), values[i], types[i]);
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

  private static String optionName(RecordComponent component) {
    return Names.option(component.getName());
  }

  private Object value(RecordComponent component) {
    try {
      return component.getAccessor().invoke(formula);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
  }
}
