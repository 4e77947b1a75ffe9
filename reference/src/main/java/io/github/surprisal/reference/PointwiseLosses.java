package io.github.surprisal.reference;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** The pointwise formulas, found by name. */
public final class PointwiseLosses {
  private static final List<Class<?>> TABLES =
      List.of(
          RegressionLosses.class,
          RobustLosses.class,
          BinaryLosses.class,
          MarginLosses.class,
          LikelihoodLosses.class);

  private PointwiseLosses() {}

  /**
   * The formula that has the name and the options of a record, such as that of a loss to check. An
   * option that is an array of numbers counts if it has one; more of them are the second parameter
   * of each element, and the option is 1. Constants of enums correspond by name.
   *
   * @throws IllegalArgumentException if there is no such formula
   */
  public static PointwiseFormula like(Record loss) {
    String name = loss.getClass().getSimpleName();
    Class<?> formula =
        TABLES.stream()
            .flatMap(table -> Arrays.stream(table.getDeclaredClasses()))
            .filter(type -> type.getSimpleName().equals(name) && type.isRecord())
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException("loss = " + name + ", expected one with an oracle"));
    Constructor<?> constructor = formula.getDeclaredConstructors()[0];
    Class<?>[] types = constructor.getParameterTypes();
    RecordComponent[] options = loss.getClass().getRecordComponents();
    try {
      var values = new Object[types.length];
      for (int i = 0; i < types.length; i++) {
        values[i] = value(options[i].getAccessor().invoke(loss), types[i]);
      }
      return (PointwiseFormula) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new LinkageError(name, e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  private static Object value(Object option, Class<?> type) {
    return switch (option) {
      case double[] numbers -> numbers.length == 1 ? numbers[0] : 1;
      case Enum<?> constant ->
          Arrays.stream(type.getEnumConstants())
              .filter(same -> ((Enum<?>) same).name().equals(constant.name()))
              .findFirst()
              .orElseThrow();
      default -> option;
    };
  }
}
