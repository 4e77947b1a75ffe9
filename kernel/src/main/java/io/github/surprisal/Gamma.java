package io.github.surprisal;

/**
 * Gamma deviance, up to factor and constant, of the logarithm p of a mean against a target t > 0.
 *
 * <pre>
 *   l = t e^-p + p,   l' = 1 - t e^-p,   l'' = t e^-p
 * </pre>
 *
 * The conventions of LightGBM and of XGBoost before 3.5 are this.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>t e^-p is finite unless it overflows itself, however large e^-p is;
 *   <li>t = 0 and a negative t are NaN;
 *   <li>p = -infinity costs infinity, with slope -infinity, and so does an infinite t;
 *   <li>p = infinity costs infinity, with slope 1; against an infinite t it is NaN.
 * </ul>
 *
 * <p>Accuracy: loss and slope within 3 ulp of their larger term, curvature within 2 ulp.
 */
public record Gamma() implements BuiltInFormula {}
