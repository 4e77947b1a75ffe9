package io.github.surprisal.formula;

import jdk.incubator.vector.FloatVector;

/**
 * The formula of a pointwise loss l(p, t) in float32, as functions of lanes: lane i of a result is
 * made of lane i of the arguments alone.
 *
 * <p>A simple formula overrides {@link #value(FloatVector, FloatVector)} and {@link
 * #slope(FloatVector, FloatVector)}, both with at most two elementary functions. One in which they
 * share an elementary function, or which needs more of them, has <b>intermediates</b> a, b and c:
 * each is computed once an element, in a loop of its own, which the compiler can make fast where it
 * could not a larger one.
 *
 * <p>A formula with a <b>parameter</b> for each element, such as a variance, finds it in a.
 *
 * <p>Options belong in final fields. Every class of formulas gets loops of its own, compiled for it
 * alone, so that no other formula in the process makes them slower; a formula is therefore best a
 * class with a name, not one that is made anew for each use.
 */
public interface FormulaF32 {
  /** How many of a, b and c there are, that of a parameter included. */
  default int intermediates() {
    return 0;
  }

  /**
   * Whether a derivative may overflow where the value does not. Those that have are then done again
   * in float64, in case weight, upstream factor and denominator bring them back into range; to look
   * takes some 0.06 ns an element.
   */
  default boolean derivativesOverflowFirst() {
    return false;
  }

  /** The intermediate a, if it is not a parameter. */
  default FloatVector first(FloatVector p, FloatVector t) {
    throw Formula.missing(this, "first");
  }

  /** The intermediate b. */
  default FloatVector second(FloatVector p, FloatVector t, FloatVector a) {
    throw Formula.missing(this, "second");
  }

  /** The intermediate c. */
  default FloatVector third(FloatVector p, FloatVector t, FloatVector a, FloatVector b) {
    throw Formula.missing(this, "third");
  }

  /** l of prediction p and target t. */
  default FloatVector value(FloatVector p, FloatVector t) {
    throw Formula.missing(this, "value");
  }

  /** dl/dp. */
  default FloatVector slope(FloatVector p, FloatVector t) {
    throw Formula.missing(this, "slope");
  }

  /** d2l/dp2. */
  default FloatVector curvature(FloatVector p, FloatVector t) {
    throw Formula.missing(this, "curvature");
  }

  /** l with the intermediates; those that there are not hold anything. */
  default FloatVector value(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    throw Formula.missing(this, "value");
  }

  /** dl/dp with the intermediates. */
  default FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    throw Formula.missing(this, "slope");
  }

  /** d2l/dp2 with the intermediates. */
  default FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    throw Formula.missing(this, "curvature");
  }

  /** dl/da, if a is a parameter that is predicted too. */
  default FloatVector parameterSlope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    throw Formula.missing(this, "parameterSlope");
  }
}
