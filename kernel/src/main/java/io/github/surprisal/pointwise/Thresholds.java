package io.github.surprisal.pointwise;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.lane.ThresholdF32;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The thresholds of a loss of this library, found by {@link Threshold}. */
final class Thresholds {
  private Thresholds() {}

  /** A loss with its thresholds rounded to float32. */
  static BuiltInFormula ofFloats(BuiltInFormula formula) {
    if (formula
        instanceof ConventionalFormula(BuiltInFormula exact, HessianConvention convention)) {
      return new ConventionalFormula(ofFloats(exact), convention);
    }
    RecordComponent[] components = formula.getClass().getRecordComponents();
    if (Arrays.stream(components).noneMatch(Thresholds::isThreshold)) {
      return formula;
    }
    var types = new Class<?>[components.length];
    var values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Object value = components[i].getAccessor().invoke(formula);
        boolean rounds = isThreshold(components[i]);
        values[i] = rounds ? (Object) (double) ThresholdF32.of((double) value) : value;
      }
      return (BuiltInFormula) formula.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(formula.toString(), e);
    }
  }

  static boolean isThreshold(RecordComponent component) {
    return component.isAnnotationPresent(Threshold.class);
  }
}
