package io.github.surprisal.rows;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.Matrix;
import io.github.surprisal.internal.call.Access;

/** What a library has in place of the second derivative of cross-entropy. */
final class CrossEntropyHessian {
  private static final double XGBOOST_FLOOR = 1e-16;

  private CrossEntropyHessian() {}

  /** What the second derivative is multiplied with. */
  static double factor(HessianConvention convention, int classes) {
    return switch (convention) {
      case EXACT -> 1;
      case XGBOOST, XGBOOST_3_5 -> 2;
      case LIGHTGBM -> classes / Math.max(1.0, classes - 1);
    };
  }

  /** The least that it may be. */
  static double floor(HessianConvention convention) {
    return convention.isXgboost() ? XGBOOST_FLOOR : Double.NEGATIVE_INFINITY;
  }

  /**
   * The magnitude of each gradient with the sign of its row's weight, at least the floor; where its
   * second derivative is 0, 0.
   */
  static void magnitudes(Batch batch, Matrix gradient, Matrix hessian) {
    for (int row = 0; row < hessian.rows(); row++) {
      double sign = Math.signum(batch.common().weight(row));
      int g = Access.ROOT.layout(gradient).at(row);
      int h = Access.ROOT.layout(hessian).at(row);
      for (int j = 0; j < hessian.columns(); j++) {
        if (hessian.floats() == null) {
          double magnitude = Math.max(sign * Math.abs(gradient.doubles()[g]), XGBOOST_FLOOR);
          hessian.doubles()[h] = hessian.doubles()[h] == 0 ? 0 : magnitude;
        } else {
          float slope = Math.abs(gradient.floats()[g]);
          float magnitude = Math.max((float) sign * slope, (float) XGBOOST_FLOOR);
          hessian.floats()[h] = hessian.floats()[h] == 0 ? 0 : magnitude;
        }
        g += gradient.columnStride();
        h += hessian.columnStride();
      }
    }
  }
}
