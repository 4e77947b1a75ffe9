package io.github.surprisal.bench.peers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.surprisal.bench.peer.Workload;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Losses as graphs of ONNX from "x" and "y" to "loss" and, where wanted, "gradient". The inference
 * build of ONNX Runtime has no gradients, so that they are written by hand.
 */
final class OnnxLosses {
  static final Map<String, BiFunction<Workload, Boolean, OnnxModel>> BY_LOSS =
      Map.of(
          "cross_entropy", OnnxLosses::crossEntropy,
          "mse", OnnxLosses::mse,
          "l1", OnnxLosses::l1,
          "binary_cross_entropy_with_logits", OnnxLosses::binaryCrossEntropyWithLogits);

  private OnnxLosses() {}

  /** The gradient is softmax / N with -1 / N added at the labels. */
  private static OnnxModel crossEntropy(Workload batch, boolean withGradient) {
    int rows = batch.rows();
    var model = outputs(batch, withGradient);
    model.input("x", DataType.FLOAT, rows, batch.columns()).input("y", DataType.INT64, rows);
    if (!withGradient) {
      return model.operator("SoftmaxCrossEntropyLoss", "x y", "loss");
    }
    return model
        .input("y_column", DataType.INT64, rows, 1)
        .input("shares", DataType.FLOAT, rows, 1)
        .constant("scale", 1f / rows)
        .operator("SoftmaxCrossEntropyLoss", "x y", "loss log_softmax")
        .operator("Exp", "log_softmax", "softmax")
        .operator("Mul", "softmax scale", "scaled")
        .addAtIndices("scaled", "y_column", "shares", "gradient");
  }

  private static OnnxModel mse(Workload batch, boolean withGradient) {
    var model =
        pointwise(batch, withGradient)
            .operator("Sub", "x y", "difference")
            .operator("Mul", "difference difference", "losses");
    return withGradient
        ? model
            .constant("scale", 2f / batch.elements())
            .operator("Mul", "difference scale", "gradient")
        : model;
  }

  private static OnnxModel l1(Workload batch, boolean withGradient) {
    var model =
        pointwise(batch, withGradient)
            .operator("Sub", "x y", "difference")
            .operator("Abs", "difference", "losses");
    return withGradient
        ? model
            .constant("scale", 1f / batch.elements())
            .operator("Sign", "difference", "sign")
            .operator("Mul", "sign scale", "gradient")
        : model;
  }

  /** softplus(x) - x y, and (sigmoid(x) - y) / n. */
  private static OnnxModel binaryCrossEntropyWithLogits(Workload batch, boolean withGradient) {
    var model =
        pointwise(batch, withGradient)
            .operator("Softplus", "x", "softplus")
            .operator("Mul", "x y", "product")
            .operator("Sub", "softplus product", "losses");
    return withGradient
        ? model
            .constant("scale", 1f / batch.elements())
            .operator("Sigmoid", "x", "sigmoid")
            .operator("Sub", "sigmoid y", "slope")
            .operator("Mul", "slope scale", "gradient")
        : model;
  }

  private static OnnxModel pointwise(Workload batch, boolean withGradient) {
    return outputs(batch, withGradient)
        .input("x", DataType.FLOAT, batch.rows(), batch.columns())
        .input("y", DataType.FLOAT, batch.rows(), batch.columns())
        .mean("losses", "loss");
  }

  private static OnnxModel outputs(Workload batch, boolean withGradient) {
    var model = new OnnxModel().output("loss");
    return withGradient ? model.output("gradient", batch.rows(), batch.columns()) : model;
  }
}
