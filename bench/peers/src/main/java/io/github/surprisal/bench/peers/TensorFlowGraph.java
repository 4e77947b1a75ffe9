package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The nodes of a loss.
 *
 * @param x to feed with predictions
 * @param y to feed with targets or labels
 * @param loss the mean
 * @param gradient its gradient by x
 */
record TensorFlowGraph(
    Operand<TFloat32> x,
    Operand<? extends TNumber> y,
    Operand<TFloat32> loss,
    Operand<TFloat32> gradient) {
  static final Map<String, BiFunction<Ops, Workload, TensorFlowGraph>> BY_LOSS =
      Map.of(
          "cross_entropy",
          TensorFlowGraph::crossEntropy,
          "mse",
          (tf, batch) -> pointwise(tf, batch, (x, y) -> tf.math.square(tf.math.sub(x, y))),
          "l1",
          (tf, batch) -> pointwise(tf, batch, (x, y) -> tf.math.abs(tf.math.sub(x, y))),
          "binary_cross_entropy_with_logits",
          (tf, batch) ->
              pointwise(tf, batch, (x, y) -> tf.math.sub(tf.math.softplus(x), tf.math.mul(x, y))));

  /** The loss of each element. */
  private interface Losses {
    Operand<TFloat32> apply(Operand<TFloat32> x, Operand<TFloat32> y);
  }

  /** Its operator gives the gradient of the sum beside the losses. */
  private static TensorFlowGraph crossEntropy(Ops tf, Workload batch) {
    var x = tf.placeholder(TFloat32.class, Placeholder.shape(matrix(batch)));
    var y = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch.rows())));
    var both = tf.nn.sparseSoftmaxCrossEntropyWithLogits(x, y);
    var gradient = tf.math.mul(both.backprop(), tf.constant(1f / batch.rows()));
    return new TensorFlowGraph(x, y, tf.math.mean(both.loss(), tf.constant(0)), gradient);
  }

  /** With the gradient that the library derives. */
  private static TensorFlowGraph pointwise(Ops tf, Workload batch, Losses losses) {
    var x = tf.placeholder(TFloat32.class, Placeholder.shape(matrix(batch)));
    var y = tf.placeholder(TFloat32.class, Placeholder.shape(matrix(batch)));
    var loss = tf.math.mean(losses.apply(x, y), tf.constant(new int[] {0, 1}));
    return new TensorFlowGraph(x, y, loss, tf.gradients(loss, List.of(x)).dy(0));
  }

  private static Shape matrix(Workload batch) {
    return Shape.of(batch.rows(), batch.columns());
  }
}
