package io.github.surprisal;

import java.io.Serializable;
import java.util.Objects;

/**
 * The errors that a loss promises to keep, in ulp of the largest term of its formula, in float32
 * and in float64. The Javadoc of a loss says what its terms are where that is not plain from the
 * formula, and where else its bounds end, such as below the normal range.
 *
 * <p>Those of a formula of elements are of what it gives for one element: of its value, of each
 * slope and of the curvature. They are the errors of a call with {@link Reduction#NONE} or {@link
 * Reduction#SUM} and without weights and upstream factors. To that add:
 *
 * <ul>
 *   <li>a factor, such as a weight or the inverse of a denominator, {@linkplain #weighed makes} k
 *       ulp at most 2 k + 2 in float32: 2 k since the product may lie just below a power of two and
 *       the term just above one, 1 for the factor, which is rounded once, 1/2 for the product, 1/2
 *       for an exact result that was rounded to be compared. In float64 it is 2 k + 5, as weight,
 *       upstream factor, denominator and their products are rounded each;
 *   <li>a sum of n losses is {@linkplain #reduced within} 2 k + 7 + min(n, 2048) / 16 ulp of the
 *       sum of the magnitudes of their terms, with weights and a denominator: n/16 for the
 *       additions in each of 16 lanes of a block, 4 for those of the lanes, 3 for weight, product
 *       and quotient.
 * </ul>
 *
 * <p>Those of a loss of rows, with n the lesser of the number of classes and 2048, are of what a
 * call gives, with all weights, factors and denominators.
 *
 * @param loss of the loss, or of a function's value
 * @param gradient of each slope, or of each element of a gradient; null where none is stated
 * @param hessian of the second derivative; null where there is none
 * @param isOfElements whether these are bounds of a formula of elements
 */
public record Bounds(Bound loss, Bound gradient, Bound hessian, boolean isOfElements)
    implements Serializable {
  private static final int BLOCK = 2048;
  private static final int LANES = 16;

  /** Checks that there is a bound of the loss. */
  public Bounds {
    Objects.requireNonNull(loss, "loss");
  }

  /**
   * The bound of a number: so many ulp, and so many more for each class of its row.
   *
   * @param ulps of a row without classes; 0 is exact
   * @param perClass for each class of the first 2048; 0 of an element
   */
  public record Bound(double ulps, double perClass) implements Serializable {
    /** The bound in a row of {@code classes}. */
    public double of(int classes) {
      return ulps + Math.min(classes, BLOCK) * perClass;
    }

    /** A bound so many times as large. */
    public Bound times(double factor) {
      return new Bound(ulps * factor, perClass * factor);
    }

    @Override
    public String toString() {
      String fixed = number(ulps);
      if (perClass == 0) {
        return ulps == 0 ? "exact" : fixed;
      }
      double sixteenths = perClass * LANES;
      boolean isUnit = LANES % sixteenths == 0;
      return isUnit
          ? fixed + " + n/" + number(LANES / sixteenths)
          : fixed + " + " + number(sixteenths) + "n/" + LANES;
    }

    private static String number(double value) {
      return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /** Of a formula of elements. */
  public static Bounds ofElements(double value, double slope, double curvature) {
    return new Bounds(new Bound(value, 0), new Bound(slope, 0), new Bound(curvature, 0), true);
  }

  /** Of a loss of rows without second derivatives. */
  public static Bounds ofRows(Bound loss, Bound gradient) {
    return new Bounds(loss, gradient, null, false);
  }

  /** A bound of a row with a sum over its classes in 16 lanes. */
  public static Bound ofSum(double ulps) {
    return new Bound(ulps, 1.0 / LANES);
  }

  /** These bounds where a weight, an upstream factor or a denominator multiplies. */
  public Bounds weighed(boolean isFloat32) {
    if (!isOfElements) {
      return this;
    }
    double roundings = isFloat32 ? 2 : 5;
    return ofElements(
        2 * loss.ulps + roundings, 2 * gradient.ulps + roundings, 2 * hessian.ulps + roundings);
  }

  /** Of the sum or mean over {@code n} elements, or over rows of {@code n} classes. */
  public double reduced(int n) {
    return isOfElements ? 2 * loss.ulps + 7 + Math.min(n, BLOCK) / (double) LANES : loss.of(n);
  }

  /** In words, such as "loss 3, slope 1, curvature exact". */
  @Override
  public String toString() {
    String text = "loss " + loss;
    text += gradient == null ? "" : (isOfElements ? ", slope " : ", gradient ") + gradient;
    return text + (hessian == null ? "" : (isOfElements ? ", curvature " : ", hessian ") + hessian);
  }
}
