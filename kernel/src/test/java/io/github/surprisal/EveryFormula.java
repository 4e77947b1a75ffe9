package io.github.surprisal;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.rows.RowLoss;
import java.util.List;

/** What tests of other packages take from the tables of losses. */
public final class EveryFormula {
  private EveryFormula() {}

  /** Every formula, with the options that are tested. */
  public static List<Formula> list() {
    return PointwiseFormulas.ALL.stream().map(PointwiseFormulas.Entry::formula).toList();
  }

  /** Every loss of rows, with a few options. */
  public static List<RowLoss> rowLosses() {
    return EveryRowLoss.list().stream().<RowLoss>map(each -> each.builder().build()).toList();
  }

  /** The values, rounded. */
  public static float[] floats(double[] values) {
    return CrossEntropyCase.toFloats(values);
  }
}
