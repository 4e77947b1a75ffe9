package io.github.surprisal.internal.call;

import io.github.surprisal.Denominator;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.Workspace;
import io.github.surprisal.internal.reduction.DoubleDouble;
import io.github.surprisal.internal.reduction.Totals;
import java.util.function.Supplier;

/**
 * What every family of losses may do with the public classes that they share, and users may not.
 * The root package implements it, since Java has no access between that of a package and public.
 */
public abstract class Access {
  /** The only one. */
  public static final Access ROOT = root();

  private static Access root() {
    String name = Workspace.class.getPackageName() + ".RootAccess";
    try {
      var constructor = Class.forName(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Access) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  /** Where the elements of a matrix lie. */
  public abstract Layout layout(Matrix matrix);

  /** The workspace of this thread. */
  public abstract Workspace ofThread();

  /** What a workspace keeps of a class from call to call. */
  public abstract <T> T scratch(Workspace workspace, Class<T> type, Supplier<T> make);

  /** What a mean divides by, of a loss whose usual denominator is given. */
  public abstract Denominator denominator(Reduction reduction, Denominator usual);

  /** What the sum of such a loss is divided by, given what a batch holds. */
  public abstract double divisor(
      Reduction reduction, Denominator usual, double weights, long kept, long all);

  /** Whether that is the sum of the weights. */
  public abstract boolean dividesByWeights(Reduction reduction, Denominator usual);

  /** Refuses what the mean of {@code name} divides by, unless the sum is empty or divides so. */
  public abstract void requireDenominator(LossSum sum, String name, Denominator given);

  /** Adds the losses of a call whose mean divides by {@code of}. */
  public abstract void add(LossSum sum, Denominator of, Totals totals, long kept, long seen);

  /** Adds the negative log-likelihood of the labels of a call. */
  public abstract void addLabels(LossSum sum, DoubleDouble likelihood, long count);
}
