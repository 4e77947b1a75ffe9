package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.formula.Formula;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;

/**
 * A loss with one term an element: the weighted sum or mean of a {@link Formula} l(p, t) over
 * predictions p and targets t, of any shape. Immutable, may be shared by threads, and serializable
 * if the formula is, as those of this library are.
 *
 * <pre>{@code
 * var loss = PointwiseLoss.builder(new Huber(1.0)).build();
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
@SuppressWarnings("serial") // a stream holds what it is made of
public final class PointwiseLoss implements Serializable {
  private final PointwiseCall calls;

  private PointwiseLoss(Formula formula, Reduction reduction) {
    calls = new PointwiseCall(formula, reduction);
  }

  /** Options of the loss of a formula, each with its default. */
  public static Builder builder(Formula formula) {
    return new Builder(formula);
  }

  /** The formula. */
  public Formula formula() {
    return calls.formula;
  }

  /** The reduced loss of predictions and their targets. */
  public double loss(float[] predictions, float[] targets) {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    return calls.evaluate(predictions, targets, null);
  }

  /** The reduced loss of predictions and their targets. */
  public double loss(double[] predictions, double[] targets) {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    return calls.evaluate(predictions, targets, null);
  }

  /**
   * The reduced loss, and its derivative by every prediction.
   *
   * @param gradient written; as long as {@code predictions}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public double lossAndGradient(float[] predictions, float[] targets, float[] gradient) {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(gradient, "gradient");
    PointwiseArguments.requireGradient(gradient.length, predictions.length);
    var memory = ElementScratch.ofThread().memory;
    PointwiseArguments.requireApart(memory, predictions, targets, gradient);
    return calls.evaluate(predictions, targets, gradient);
  }

  /**
   * The reduced loss, and its derivative by every prediction.
   *
   * @param gradient written; as long as {@code predictions}, or that very array
   * @throws IllegalArgumentException if lengths do not fit
   */
  public double lossAndGradient(double[] predictions, double[] targets, double[] gradient) {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(gradient, "gradient");
    PointwiseArguments.requireGradient(gradient.length, predictions.length);
    var memory = ElementScratch.ofThread().memory;
    PointwiseArguments.requireApart(memory, predictions, targets, gradient);
    return calls.evaluate(predictions, targets, gradient);
  }

  /** The reduced loss of elements. */
  public double loss(Elements elements) {
    Objects.requireNonNull(elements, "elements");
    return evaluate(elements, null, null);
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
    Objects.requireNonNull(elements, "elements");
    Objects.requireNonNull(gradient, "gradient");
    return evaluate(elements, gradient, null);
  }

  /**
   * The reduced loss of elements whose parameter is predicted too, such as a variance, and its
   * derivatives by predictions and parameters.
   *
   * @param parameterGradient written, like {@code gradient}; may be the parameter itself
   * @throws IllegalArgumentException if shapes, types or memory do not fit
   */
  public double lossAndGradients(Elements elements, Matrix gradient, Matrix parameterGradient) {
    Objects.requireNonNull(elements, "elements");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(parameterGradient, "parameterGradient");
    return evaluate(elements, gradient, parameterGradient);
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
    Objects.requireNonNull(elements, "elements");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(hessian, "hessian");
    var call = calls.start(elements, gradient, null, hessian);
    call.elements.given.upstream = 1;
    call.elements.given.upstreams.set(null, null);
    return calls.evaluate(call, Reduction.SUM, elements.common().sum);
  }

  @Override
  public String toString() {
    return "PointwiseLoss[formula=%s, reduction=%s]".formatted(calls.formula, calls.reduction);
  }

  /** What a stream holds. */
  @SuppressWarnings("serial") // a formula of one's own need not be serializable
  private record Parts(Formula formula, Reduction reduction) implements Serializable {
    private Object readResolve() {
      return builder(formula).reduction(reduction).build();
    }
  }

  private Object writeReplace() {
    return new Parts(calls.formula, calls.reduction);
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException("stream holds a loss, expected its options");
  }

  private double evaluate(Elements elements, Matrix gradient, Matrix parameterGradient) {
    var call = calls.start(elements, gradient, parameterGradient, null);
    return calls.evaluate(call, calls.reduction, elements.common().sum);
  }

  /** Options of a pointwise loss. */
  public static final class Builder {
    private Formula formula;
    private Reduction reduction = Reduction.MEAN;

    private Builder(Formula formula) {
      this.formula = Objects.requireNonNull(formula, "formula");
    }

    /** How losses become one; default {@link Reduction#MEAN}, over the formula's denominator. */
    public Builder reduction(Reduction reduction) {
      this.reduction = Objects.requireNonNull(reduction, "reduction");
      return this;
    }

    /**
     * The library that {@link PointwiseLoss#gradientAndHessian} follows; default: the second
     * derivative itself.
     *
     * @throws IllegalArgumentException if the convention does not define this loss
     */
    public Builder hessianConvention(HessianConvention convention) {
      Objects.requireNonNull(convention, "convention");
      formula = formula.hessianConvention(convention);
      return this;
    }

    /**
     * The loss.
     *
     * @throws IllegalStateException if the formula needs vectors and their module is missing
     */
    public PointwiseLoss build() {
      return new PointwiseLoss(formula, reduction);
    }
  }
}
