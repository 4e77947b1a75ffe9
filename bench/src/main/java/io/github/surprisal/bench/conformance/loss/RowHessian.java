package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.Matrix;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.CrossEntropyReference;
import io.github.surprisal.reference.CrossEntropyResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Locale;

/**
 * Second derivatives of cross-entropy, row after row: w A p_j (1 - p_j) / T^2, or what a boosting
 * library puts in their place.
 */
final class RowHessian {
  private final RowCase c;
  private final String convention;
  private final double labelSmoothing;

  /** Refuses options that have another second derivative. */
  RowHessian(RowCase c) throws CaseException {
    this.c = c;
    convention = c.options.choice("convention", "exact", PointwiseCase.CONVENTIONS);
    labelSmoothing = c.options.number("label_smoothing", 0);
    boolean plain =
        c.softcap == Double.POSITIVE_INFINITY
            && c.options.number("z_loss", 0) == 0
            && c.options.number("entropy", 0) == 0;
    if (!plain) {
      throw new CaseException("want.hessian is not for softcap, z_loss or entropy");
    }
    if (!isExact() && c.temperature != 1) {
      throw c.options.invalid("convention", "exact under a temperature");
    }
  }

  private boolean isExact() {
    return convention.equals("exact");
  }

  double[] kernel() throws CaseException {
    CrossEntropy loss =
        c.configureSoftmax(CrossEntropy.builder())
            .labelSmoothing(labelSmoothing)
            .hessianConvention(HessianConvention.valueOf(convention.toUpperCase(Locale.ROOT)))
            .build();
    Matrix hessian = c.matrix(new double[c.scores.length]);
    loss.gradientAndHessian(c.kernelBatch(), c.matrix(new double[c.scores.length]), hessian);
    return Matrices.doubles(hessian);
  }

  double[] reference() throws CaseException {
    return evaluate().hessian(c.source.dtype().precision());
  }

  /**
   * In what errors are counted: the oracle's terms, or what errors of the exponentials make of
   * them, w A f (p_j e_j + p_j spread) / T^2 with f the factor of the convention.
   */
  double[] scale() throws CaseException {
    double[] terms = evaluate().hessianTerms(Precision.FLOAT64);
    int classes = c.layout.classes();
    double factor =
        switch (convention) {
          case "xgboost" -> 2;
          case "lightgbm" -> classes / Math.max(1.0, classes - 1);
          default -> 1;
        };
    for (int row = 0; row < c.layout.rows(); row++) {
      if (c.isKept(row)) {
        var x = new RowExponents(c, row);
        double mass = Math.abs(c.weighing.weight(row)) * c.targetMass(row) * factor;
        for (int j = 0; j < classes; j++) {
          double error = x.errors[j] + x.probabilities[j] * x.spread;
          int at = row * classes + j;
          terms[at] = Math.max(terms[at], mass * error * x.slopes[j] * x.slopes[j]);
        }
      }
    }
    return terms;
  }

  private CrossEntropyResult<?> evaluate() throws CaseException {
    String name = convention.toUpperCase(Locale.ROOT);
    return new CrossEntropyReference(c.referenceOptions(), labelSmoothing)
        .withLogitOptions(c.referenceLogitOptions())
        .withHessianConvention(
            isExact() ? null : io.github.surprisal.reference.HessianConvention.valueOf(name))
        .evaluate(c.referenceBatch());
  }
}
