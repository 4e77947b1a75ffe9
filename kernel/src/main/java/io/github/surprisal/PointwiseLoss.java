package io.github.surprisal;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.LoopsF32;
import io.github.surprisal.pointwise.LoopsF64;
import io.github.surprisal.reduction.Rows;
import java.util.Objects;

/**
 * A loss with one term an element: the weighted sum or mean of a {@link Formula} l(p, t) over
 * predictions p and targets t, of any shape. Immutable, may be shared by threads.
 *
 * <pre>{@code
 * var loss = PointwiseLoss.of(new Huber(1.0));
 * double mean = loss.lossAndGradient(predictions, targets, gradient);
 * }</pre>
 *
 * <p>The rules that all formulas share:
 *
 * <ul>
 *   <li>a masked element (weight 0, mask false) is not read: its loss is 0 and its gradient +0,
 *       whatever it holds;
 *   <li>weights are numbers of any sign and size, taken as they are;
 *   <li>NaN reaches the results of its own element, and what sums over elements, and no others;
 *   <li>a derivative l' or l'' beyond the largest double is infinite, even where weight, upstream
 *       factor and denominator would bring it back into range; one beyond the largest float is
 *       finite if they do, but with targets beyond 1e18 of {@link SquaredHinge} and {@link
 *       SoftMargin}, and with formulas of one's own that do not say that {@linkplain
 *       io.github.surprisal.formula.FormulaF32#derivativesOverflowFirst it may happen}, if the loss
 *       of no element of its block overflows;
 *   <li>an upstream factor of 0 gives gradient 0, even of an infinite slope;
 *   <li>a mean over nothing is 0 with gradient 0; over elements whose denominator is 0 it divides
 *       as written, see {@link Reduction};
 *   <li>the gradient may be the predictions themselves, in place, and that by the parameter the
 *       parameter; no output shares any other element with an input or another output, though they
 *       may lie in one array;
 *   <li>every matrix may be in any order, each for itself: strided, {@linkplain Matrix#columnMajor
 *       column-major} or {@linkplain Matrix#channelsFirst images}; results have the same bits;
 *   <li>a call that throws has written nothing;
 *   <li>the bits of an element's results depend on that element alone, those of a sum on the
 *       elements in their order.
 * </ul>
 *
 * <p>Sums run in 16 lanes over blocks of 2048 elements, blocks are added in double; {@link Bounds}
 * says what errors that and weights add. A block whose sum overflows in float32 is summed in
 * float64.
 */
public final class PointwiseLoss {
  private final Formula formula;
  private final Reduction reduction;
  private final LoopsF32 float32;
  private final LoopsF64 float64;

  /** Of floats whose sum overflows. */
  private final LoopsF64 wide;

  private final double[] parameters;

  private PointwiseLoss(Formula formula, Reduction reduction) {
    this.formula = Objects.requireNonNull(formula, "formula");
    this.reduction = Objects.requireNonNull(reduction, "reduction");
    float32 = LoopsF32.of(formula);
    float64 = LoopsF64.of(formula);
    wide = formula instanceof BuiltInFormula own ? LoopsF64.of(own.ofFloats()) : float64;
    parameters = formula.parameters();
  }

  /** The mean of a formula over its own denominator. */
  public static PointwiseLoss of(Formula formula) {
    return of(formula, Reduction.MEAN);
  }

  /** A formula with a reduction. */
  public static PointwiseLoss of(Formula formula, Reduction reduction) {
    return new PointwiseLoss(formula, reduction);
  }

  /**
   * The same loss, whose {@link #gradientAndHessian} follows a library.
   *
   * @throws IllegalArgumentException if the convention does not define this loss
   */
  public PointwiseLoss under(HessianConvention convention) {
    return new PointwiseLoss(formula.under(convention), reduction);
  }

  /** The formula. */
  public Formula formula() {
    return formula;
  }

  /** The reduced loss of predictions and their targets. */
  public double loss(float[] predictions, float[] targets) {
    return evaluate(start(predictions, null, targets, null), null);
  }

  /** The reduced loss of predictions and their targets. */
  public double loss(double[] predictions, double[] targets) {
    return evaluate(start(null, predictions, null, targets), null);
  }

  /**
   * The reduced loss, and its derivative by every prediction.
   *
   * @param gradient written; as long as {@code predictions}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public double lossAndGradient(float[] predictions, float[] targets, float[] gradient) {
    PointwiseArguments.requireGradient(gradient.length, predictions.length);
    var memory = Workspace.ofThread().memory;
    PointwiseArguments.requireApart(memory, predictions, targets, gradient);
    var call = start(predictions, null, targets, null);
    call.elements.gradient.set(gradient, null, 0, predictions.length);
    return evaluate(call, null);
  }

  /**
   * The reduced loss, and its derivative by every prediction.
   *
   * @param gradient written; as long as {@code predictions}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public double lossAndGradient(double[] predictions, double[] targets, double[] gradient) {
    PointwiseArguments.requireGradient(gradient.length, predictions.length);
    var memory = Workspace.ofThread().memory;
    PointwiseArguments.requireApart(memory, predictions, targets, gradient);
    var call = start(null, predictions, null, targets);
    call.elements.gradient.set(null, gradient, 0, predictions.length);
    return evaluate(call, null);
  }

  /** The reduced loss of elements. */
  public double loss(Elements elements) {
    return evaluate(start(elements, null, null, null), elements.sum);
  }

  /**
   * The reduced loss of elements, and its derivative by every prediction, times the upstream
   * factor.
   *
   * @param gradient written; of the shape and type of the predictions, and either those very
   *     elements or memory that nothing else of the call shares
   * @throws IllegalArgumentException if shapes, types or memory do not fit
   */
  public double lossAndGradient(Elements elements, Matrix gradient) {
    var call = start(elements, Objects.requireNonNull(gradient, "gradient"), null, null);
    return evaluate(call, elements.sum);
  }

  /**
   * The same for a loss whose parameter is predicted too, such as a variance.
   *
   * @param parameterGradient written, like {@code gradient}; may be the parameter itself
   * @throws IllegalArgumentException if shapes, types or memory do not fit
   */
  public double lossAndGradients(Elements elements, Matrix gradient, Matrix parameterGradient) {
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(parameterGradient, "parameterGradient");
    var call = start(elements, gradient, parameterGradient, null);
    return evaluate(call, elements.sum);
  }

  /**
   * First and second derivative of every element's weighted loss, as boosting libraries take them:
   * w_i l'(p_i) and w_i l''(p_i), never divided by a denominator, without upstream factors.
   *
   * @param gradient written; of the shape and type of the predictions
   * @param hessian written; likewise, and not the predictions
   * @return the sum of the weighted losses
   * @throws IllegalArgumentException if shapes, types or memory do not fit
   */
  public double gradientAndHessian(Elements elements, Matrix gradient, Matrix hessian) {
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(hessian, "hessian");
    var call = start(elements, gradient, null, hessian);
    call.elements.upstream = 1;
    call.elements.upstreams.set(null, null);
    return evaluate(call, Reduction.SUM, elements.sum);
  }

  private double evaluate(Workspace call, LossSum total) {
    return evaluate(call, reduction, total);
  }

  private double evaluate(Workspace call, Reduction reduction, LossSum total) {
    var batch = call.elements;
    var denominator = this.reduction.denominator(formula.denominator());
    try {
      if (total != null) {
        total.requireDenominator("loss", denominator);
      }
      batch.count();
      var usual = formula.denominator();
      double weight = batch.totals.weight().value();
      batch.divideBy(
          reduction.divisor(usual, weight, batch.kept(), batch.length),
          reduction.dividesByWeights(usual));
      if (batch.predictions.arrayF32 != null) {
        call.pointwise.run(batch, float32, wide);
      } else {
        call.pointwise.run(batch, float64);
      }
      batch.finish();
      if (total != null) {
        total.add(denominator, batch.totals, batch.kept(), batch.length);
      }
      return batch.totals.reduced(batch.kept());
    } finally {
      batch.clear();
    }
  }

  private void requireForm(boolean isFloat32) {
    if (isFloat32) {
      PointwiseArguments.requireForm(formula, float32, "float");
    } else {
      PointwiseArguments.requireForm(formula, float64, "double");
    }
  }

  private Workspace start(float[] p32, double[] p64, float[] t32, double[] t64) {
    int n = p32 != null ? p32.length : p64.length;
    requireForm(p32 != null);
    PointwiseArguments.requireTargets(t32 != null ? t32.length : t64.length, n);
    PointwiseArguments.requireParameter(formula, parameters, n, false);
    var call = Workspace.ofThread();
    var batch = call.elements;
    batch.length = n;
    batch.columns = n;
    batch.predictions.set(p32, p64, 0, n);
    batch.targets.set(t32, t64, 0, n);
    batch.parameters = parameters;
    batch.upstream = 1;
    return call;
  }

  private Workspace start(
      Elements from, Matrix gradient, Matrix parameterGradient, Matrix hessian) {
    from.requireUpstream(reduction);
    requireForm(from.predictions.floats() != null);
    PointwiseArguments.requireParameter(formula, parameters, from.count(), from.parameter != null);
    var call = from.workspace();
    PointwiseArguments.requireOutputs(call.memory, from, gradient, parameterGradient, hessian);
    var batch = call.elements;
    batch.length = from.count();
    batch.columns = from.predictions.columns();
    set(batch.predictions, from.predictions);
    set(batch.targets, from.targets);
    set(batch.parameter, from.parameter);
    set(batch.gradient, gradient);
    set(batch.parameterGradient, parameterGradient);
    set(batch.hessian, hessian);
    batch.parameters = parameters;
    batch.mask = from.mask;
    batch.maskBits = from.maskBits;
    batch.weights.set(from.weightsF32, from.weightsF64);
    batch.rowWeights.set(from.rowWeightsF32, from.rowWeightsF64);
    batch.upstream = from.upstream;
    batch.upstreams.set(from.upstreamsF32, from.upstreamsF64);
    batch.losses.set(from.lossesF32, from.lossesF64);
    return call;
  }

  private static void set(Rows rows, Matrix matrix) {
    if (matrix != null) {
      matrix.show(rows);
    }
  }
}
