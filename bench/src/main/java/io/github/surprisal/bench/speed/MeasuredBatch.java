package io.github.surprisal.bench.speed;

/**
 * What one benchmark works on.
 *
 * @param shape rows and classes
 * @param type of logits and gradient
 * @param loss the loss and its options
 */
record MeasuredBatch(Shape shape, ElementType type, MeasuredLoss loss) {}
