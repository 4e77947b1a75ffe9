package io.github.surprisal.pointwise;

import io.github.surprisal.HessianConvention;
import java.lang.reflect.InvocationTargetException;

/**
 * The formulas of the records of this package: {@code HuberF32} of {@code Huber}, and its other
 * forms. Found by name, since a class of vectors cannot even be loaded where there are none. The
 * constructor takes the record; where a library has a convention for the hessian, another one takes
 * that too.
 */
final class Forms {
  private static final String KERNELS = "io.github.surprisal.internal.pointwise.formula.";

  private Forms() {}

  /** The form that ends in {@code suffix}; null if the convention does not define the loss. */
  static Object of(BuiltInFormula loss, HessianConvention convention, String suffix) {
    var formula = atEnds(loss);
    return convention == HessianConvention.EXACT
        ? make(formula, suffix, new Class<?>[] {formula.getClass()}, formula)
        : make(
            formula,
            suffix,
            new Class<?>[] {formula.getClass(), HessianConvention.class},
            formula,
            convention);
  }

  private static Object make(
      BuiltInFormula formula, String suffix, Class<?>[] types, Object... arguments) {
    String name = KERNELS + name(formula) + suffix;
    try {
      return Class.forName(name).getConstructor(types).newInstance(arguments);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new LinkageError(name, e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  /** The loss that Tweedie's is at the ends of rho. */
  private static BuiltInFormula atEnds(BuiltInFormula loss) {
    return switch (loss) {
      case Tweedie(double rho) when rho == 1 -> new PoissonNll();
      case Tweedie(double rho) when rho == 2 -> new Gamma();
      default -> loss;
    };
  }

  /** That of the record; each choice of Poisson's terms is a formula of its own. */
  private static String name(BuiltInFormula formula) {
    if (!(formula instanceof PoissonNll poisson)) {
      return formula.getClass().getSimpleName();
    }
    String input = poisson.logInput() ? "PoissonNll" : "PoissonNllRate";
    return switch (poisson.countTerm()) {
      case NONE -> input;
      case STIRLING -> input + "Stirling";
      case EXACT -> input + "Exact";
    };
  }
}
