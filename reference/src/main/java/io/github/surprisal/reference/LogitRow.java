package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * The logits z of one row after its {@link LogitOptions}, and the chain rule back to the inputs x.
 *
 * <pre>
 * u = x / (T c),  z = c tanh u,  dz/dx = sech^2 u / T,  d2z/dx2 = -2 tanh u sech^2 u / (c T^2)
 * sech^2 u = 4 e / (1 + e)^2,  e = exp(-2 |u|)
 * </pre>
 *
 * <p>with T the temperature and c the softcap; without one z = x / T.
 *
 * @param values z
 * @param slopes dz/dx; 0 where a class is not allowed
 * @param curvatures d2z/dx2
 */
record LogitRow<R extends Real<R>>(List<R> values, List<R> slopes, List<R> curvatures) {

  /** Row {@code row} of {@code logits}, [rows, classes], under the classes the batch allows. */
  static <R extends Real<R>> LogitRow<R> of(
      double[] logits, LogitOptions options, RowBatch batch, int row, R one) {
    List<R> values = new ArrayList<>();
    LogitRow<R> z = new LogitRow<>(values, new ArrayList<R>(), new ArrayList<R>());
    for (int j = 0; j < batch.classes(); j++) {
      if (batch.isAllowed(row, j)) {
        z.add(one.constant(logits[row * batch.classes() + j]), options);
      } else {
        z.add(one.constant(Double.NEGATIVE_INFINITY), one.constant(0), one.constant(0));
      }
    }
    return z;
  }

  private void add(R x, LogitOptions options) {
    R t = x.constant(options.temperature());
    R scaled = x.divide(t);
    R inverse = x.constant(1).divide(t);
    if (Double.isInfinite(options.softcap()) || x.isNaN()) {
      add(scaled, inverse, x.constant(0));
      return;
    }
    R c = x.constant(options.softcap());
    R u = scaled.divide(c);
    R e = u.abs().multiply(-2).exp();
    R sum = e.add(1);
    R slope = e.multiply(4).divide(sum.multiply(sum)).multiply(inverse);
    R curvature = u.tanh().multiply(slope).multiply(inverse).multiply(-2).divide(c);
    // An infinite logit stays what it says.
    add(x.isInfinite() ? x : c.multiply(u.tanh()), slope, curvature);
  }

  private void add(R value, R slope, R curvature) {
    values.add(value);
    slopes.add(slope);
    curvatures.add(curvature);
  }

  /** Whether no logit is NaN or +infinity, and some class is possible. */
  boolean isDefined() {
    return SoftmaxRow.isDefined(values);
  }

  /** dl/dx = dl/dz dz/dx. */
  List<Terms<R>> gradient(List<Terms<R>> byValue) {
    List<Terms<R>> gradient = new ArrayList<>();
    for (int j = 0; j < values.size(); j++) {
      gradient.add(byValue.get(j).times(slopes.get(j)));
    }
    return gradient;
  }

  /** d2l/dx2 = d2l/dz2 (dz/dx)^2 + dl/dz d2z/dx2. */
  List<Terms<R>> hessian(List<Terms<R>> gradient, List<Terms<R>> byValue) {
    List<Terms<R>> hessian = new ArrayList<>();
    for (int j = 0; j < values.size(); j++) {
      Terms<R> square = byValue.get(j).times(slopes.get(j)).times(slopes.get(j));
      hessian.add(square.plus(gradient.get(j).times(curvatures.get(j))));
    }
    return hessian;
  }
}
