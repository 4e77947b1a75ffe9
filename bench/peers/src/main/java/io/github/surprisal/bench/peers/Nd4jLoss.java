package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A loss by an operator of libnd4j and the one of its gradient. */
final class Nd4jLoss extends ResidentLoss {
  /** Names in libnd4j; that of the gradient has "_grad" at its end. */
  static final Map<String, String> OPERATORS =
      Map.of(
          "cross_entropy", "sparse_softmax_cross_entropy_loss_with_logits",
          "mse", "mean_sqerr_loss",
          "l1", "absolute_difference_loss",
          "binary_cross_entropy_with_logits", "sigm_cross_entropy_loss");

  /** libnd4j's number for the sum over the sum of weights. */
  private static final int MEAN = 2;

  private final INDArray x;
  private final INDArray y;
  private final INDArray weight = Nd4j.scalar(1f);
  private final INDArray gradient;

  /** The mean, or the loss of each row. */
  private final INDArray loss;

  /** The gradients by weight and targets, which its operators give as well. */
  private final INDArray weightGradient = Nd4j.scalar(0f);

  private final INDArray targetGradient;
  private final boolean labelled;
  private final DynamicCustomOp forward;
  private final DynamicCustomOp backward;

  Nd4jLoss(Workload workload) {
    long[] shape = {workload.rows(), workload.columns()};
    labelled = workload.labels() != null;
    x = Nd4j.create(workload.predictions(), shape);
    y = labelled ? Nd4j.createFromArray(workload.labels()) : Nd4j.create(workload.targets(), shape);
    gradient = Nd4j.create(new float[workload.elements()], shape);
    loss = labelled ? Nd4j.create(new float[workload.rows()]) : Nd4j.scalar(0f);
    targetGradient = labelled ? null : gradient.dup();
    String operator = OPERATORS.get(workload.loss());
    forward = operator(operator, loss);
    backward =
        labelled
            ? operator(operator + "_grad", gradient)
            : operator(operator + "_grad", gradient, weightGradient, targetGradient);
  }

  private DynamicCustomOp operator(String name, INDArray... outputs) {
    var builder = DynamicCustomOp.builder(name).addOutputs(outputs);
    return labelled
        ? builder.addInputs(y, x).build()
        : builder
            .addInputs(x, weight, y)
            .addIntegerArguments(MEAN)
            .addFloatingPointArguments(0.0)
            .build();
  }

  @Override
  public double loss() {
    Nd4j.exec(forward);
    return labelled ? loss.meanNumber().doubleValue() : loss.getDouble(0);
  }

  @Override
  public double lossAndGradient() {
    double mean = loss();
    Nd4j.exec(backward);
    if (labelled) {
      gradient.muli(1f / loss.length());
    }
    return mean;
  }

  @Override
  void writePredictions(float[] predictions) {
    numbers(x).put(0, predictions);
  }

  @Override
  public void readGradient(float[] copy) {
    numbers(gradient).get(0, copy);
  }

  private static FloatBuffer numbers(INDArray array) {
    return array.data().asNio().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void close() {
    for (INDArray array : new INDArray[] {x, y, weight, gradient, loss, weightGradient}) {
      array.close();
    }
    if (targetGradient != null) {
      targetGradient.close();
    }
  }
}
