package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Cross-entropy of N rows: log softmax, then (exp(log softmax) - one hot) / N. */
final class LibtorchOutCrossEntropy extends LibtorchOutLoss {
  private final OneHot labels;
  private final Tensor logSoftmax = torch.zeros_like(tensors.x());
  private final Tensor totalWeight = torch.zeros();
  private final TensorOptional unweighted = new TensorOptional();

  LibtorchOutCrossEntropy(Workload workload) {
    super(workload, workload.rows());
    labels = OneHot.of(workload);
  }

  @Override
  void computeLoss() {
    torch.log_softmax_out(logSoftmax, tensors.x(), 1);
    torch.nll_loss_forward_out(
        loss,
        totalWeight,
        logSoftmax,
        tensors.y(),
        unweighted,
        LibtorchFunctions.MEAN,
        LibtorchFunctions.IGNORE_INDEX);
  }

  @Override
  void computeGradient() {
    torch.exp_out(gradient, logSoftmax);
    gradient.mul_(scale);
    labels.subtractFrom(gradientMemory);
  }

  @Override
  public void close() {
    super.close();
    logSoftmax.close();
    totalWeight.close();
    unweighted.close();
  }
}
