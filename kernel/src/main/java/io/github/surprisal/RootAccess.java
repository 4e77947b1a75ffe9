package io.github.surprisal;

import io.github.surprisal.internal.call.Access;
import io.github.surprisal.internal.call.Layout;
import io.github.surprisal.internal.reduction.DoubleDouble;
import io.github.surprisal.internal.reduction.Totals;
import java.util.function.Supplier;

/** Opens what is private to this package to the families of losses. */
final class RootAccess extends Access {
  @Override
  public Layout layout(Matrix matrix) {
    return matrix.layout();
  }

  @Override
  public Workspace ofThread() {
    return Workspace.ofThread();
  }

  @Override
  public <T> T scratch(Workspace workspace, Class<T> type, Supplier<T> make) {
    return workspace.scratch.get(type, make);
  }

  @Override
  public Denominator denominator(Reduction reduction, Denominator usual) {
    return reduction.denominator(usual);
  }

  @Override
  public double divisor(
      Reduction reduction, Denominator usual, double weights, long kept, long all) {
    return reduction.divisor(usual, weights, kept, all);
  }

  @Override
  public boolean dividesByWeights(Reduction reduction, Denominator usual) {
    return reduction.dividesByWeights(usual);
  }

  @Override
  public void requireDenominator(LossSum sum, String name, Denominator given) {
    sum.requireDenominator(name, given);
  }

  @Override
  public void add(LossSum sum, Denominator of, Totals totals, long kept, long seen) {
    sum.add(of, totals, kept, seen);
  }

  @Override
  public void addLabels(LossSum sum, DoubleDouble likelihood, long count) {
    sum.addLabels(likelihood, count);
  }
}
