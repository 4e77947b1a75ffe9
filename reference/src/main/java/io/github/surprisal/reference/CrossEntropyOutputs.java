package io.github.surprisal.reference;

import java.util.List;

/**
 * What cross-entropy gives for a row beside loss and gradient.
 *
 * @param logSumExp log sum exp(z)
 * @param entropy of softmax(z)
 * @param labelProbability p of the label; NaN without one
 * @param isCorrect whether the label is the first of the largest logits
 * @param hessian the second derivative of the loss by each input
 */
record CrossEntropyOutputs<R extends Real<R>>(
    Terms<R> logSumExp,
    Terms<R> entropy,
    R labelProbability,
    boolean isCorrect,
    List<Terms<R>> hessian) {}
