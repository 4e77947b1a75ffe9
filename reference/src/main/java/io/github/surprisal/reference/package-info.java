/**
 * The oracle: losses and gradients by their textbook formulas, in arithmetic so precise that a
 * result rounded once is the right one.
 *
 * <p>{@link io.github.surprisal.reference.Real} is the arithmetic, in two precisions behind one
 * type: {@link io.github.surprisal.reference.HundredDigits} and the much faster {@link
 * io.github.surprisal.reference.DoubleDouble}. A loss is a {@code ...Reference} class that takes a
 * {@link io.github.surprisal.reference.RowBatch} and gives a {@link
 * io.github.surprisal.reference.LossResult}; {@link io.github.surprisal.reference.Precision} rounds
 * it and measures how far another implementation is from it. Pointwise losses share one class,
 * {@link io.github.surprisal.reference.PointwiseReference}, given a {@link
 * io.github.surprisal.reference.PointwiseFormula}.
 *
 * <p>Losses of rows of scores share {@link io.github.surprisal.reference.ClassificationReference},
 * given a {@link io.github.surprisal.reference.ClassificationFormula}. {@link
 * io.github.surprisal.reference.DistillationReference} also takes a {@link
 * io.github.surprisal.reference.Teacher}, and {@link io.github.surprisal.reference.RowFunction} has
 * the softmax itself.
 *
 * <pre>{@code
 * var loss = new CrossEntropyReference(RowOptions.DEFAULT, 0.1);
 * var result = loss.evaluate(RowBatch.of(logits, rows, classes).withLabels(labels));
 * double mean = result.loss(Precision.FLOAT64);
 * double[] gradient = result.gradient(Precision.FLOAT32);
 * double error = Precision.FLOAT32.ulps(fastExp(x), HundredDigits.of(x).exp());
 * }</pre>
 */
package io.github.surprisal.reference;
