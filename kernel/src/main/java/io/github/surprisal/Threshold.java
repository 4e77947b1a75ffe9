package io.github.surprisal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option that is a threshold: what inputs, or their difference or product, are compared
 * with or added to. So are the margins of {@link io.github.surprisal.rows.MultiMargin} and {@link
 * io.github.surprisal.rows.CrammerSinger}.
 *
 * <ul>
 *   <li>A threshold is a number of the type of the inputs: the option, which is a double, rounded
 *       once to the nearest; one above 0 stays normal and finite. That number stands for the option
 *       throughout the formula.
 *   <li>What is compared with it, such as p - t or margin - t p, is rounded once to that type too,
 *       and then lies below, on or above it. Hence {@code Huber(0.1)} has curvature 1 at p = 0.1f,
 *       t = 0, and in float64 at p = 0.1, t = 0; so has PyTorch.
 *   <li>Options that are no thresholds (weights, alpha, exponents, smoothing, temperatures) are
 *       read exactly: combined in double, and rounded once.
 * </ul>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Threshold {}
