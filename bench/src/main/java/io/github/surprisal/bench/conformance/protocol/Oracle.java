package io.github.surprisal.bench.conformance.protocol;

/**
 * What a comparison needs to know of a case, and only the reference engine tells.
 *
 * @param loss name of the loss
 * @param dtype type of the case
 * @param longestSum how many numbers the longest sum within a row has, 0 without sums
 * @param scale for each number of the outcome, the magnitude in whose ulps its error is counted
 */
public record Oracle(String loss, Dtype dtype, int longestSum, Outcome scale) {}
