package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A loss by operators of libtorch that write to these tensors. */
abstract class LibtorchOutLoss extends ResidentLoss {
  final LibtorchTensors tensors;
  final Tensor loss = torch.zeros();
  final Tensor gradient;
  final FloatBuffer gradientMemory;

  /** One over the number of losses in the mean. */
  final Scalar scale;

  LibtorchOutLoss(Workload workload, int losses) {
    tensors = LibtorchTensors.of(workload);
    gradient = torch.zeros_like(tensors.x());
    gradientMemory = gradient.createBuffer();
    scale = new Scalar(1.0 / losses);
  }

  /** Writes the mean loss. */
  abstract void computeLoss();

  /** Writes the gradient, after the loss. */
  abstract void computeGradient();

  @Override
  public final double loss() {
    try (var _ = new PointerScope()) {
      computeLoss();
    }
    return loss.item_float();
  }

  @Override
  public final double lossAndGradient() {
    try (var _ = new PointerScope()) {
      computeLoss();
      computeGradient();
    }
    return loss.item_float();
  }

  @Override
  final void writePredictions(float[] predictions) {
    tensors.memory().put(0, predictions);
  }

  @Override
  public final void readGradient(float[] copy) {
    gradientMemory.get(0, copy);
  }

  @Override
  public void close() {
    tensors.close();
    loss.close();
    gradient.close();
    scale.close();
  }
}
