package io.github.surprisal.bench.peers;

import static io.github.surprisal.bench.peers.LibtorchFunctions.MEAN;
import static io.github.surprisal.bench.peers.LibtorchFunctions.NONE;

import io.github.surprisal.bench.peer.Workload;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A pointwise loss by an operator for the losses, their mean, and an operator for the gradient. The
 * operators could give the mean too, but would allocate the losses in its place each time.
 */
final class LibtorchOutPointwise extends LibtorchOutLoss {
  private static final double DELTA = 1;

  /** Writes the loss of each element. */
  private interface Forward {
    void apply(Tensor losses, Tensor x, Tensor y);
  }

  /** Writes the gradient, times that by the loss, which is 1. */
  private interface Backward {
    void apply(LibtorchOutPointwise l, Tensor x, Tensor y);
  }

  private record Operators(Forward forward, Backward backward) {}

  static final Map<String, Operators> BY_LOSS =
      Map.of(
          "mse",
          new Operators(
              (l, x, y) -> torch.mse_loss_out(l, x, y, NONE),
              (l, x, y) -> torch.mse_loss_backward_out(l.gradient, l.one, x, y, MEAN)),
          "huber",
          new Operators(
              (l, x, y) -> torch.huber_loss_out(l, x, y, NONE, DELTA),
              (l, x, y) -> torch.huber_loss_backward_out(l.gradient, l.one, x, y, MEAN, DELTA)),
          "smooth_l1",
          new Operators(
              (l, x, y) -> torch.smooth_l1_loss_out(l, x, y, NONE, DELTA),
              (l, x, y) -> torch.smooth_l1_loss_backward_out(l.gradient, l.one, x, y, MEAN, DELTA)),
          "soft_margin",
          new Operators(
              (l, x, y) -> torch.soft_margin_loss_out(l, x, y, NONE),
              (l, x, y) -> torch.soft_margin_loss_backward_out(l.gradient, l.one, x, y, MEAN)),
          "binary_cross_entropy",
          new Operators(
              (l, x, y) -> torch.binary_cross_entropy_out(l, x, y, unweighted(), NONE),
              (l, x, y) -> torch.binary_cross_entropy_backward_out(l.gradient, l.one, x, y)),
          // The one without an operator for its gradient, (sigmoid(x) - y) / n.
          "binary_cross_entropy_with_logits",
          new Operators(
              (l, x, y) ->
                  torch.binary_cross_entropy_with_logits_out(
                      l, x, y, unweighted(), unweighted(), NONE),
              (l, x, y) -> {
                torch.sigmoid_out(l.gradient, x);
                l.gradient.sub_(y);
                l.gradient.mul_(l.scale);
              }));

  private final Operators operators;
  private final Tensor one = torch.ones();
  private final Tensor losses = torch.zeros_like(tensors.x());

  LibtorchOutPointwise(Workload workload) {
    super(workload, workload.elements());
    operators = BY_LOSS.get(workload.loss());
  }

  private static TensorOptional unweighted() {
    return new TensorOptional();
  }

  @Override
  void computeLoss() {
    operators.forward.apply(losses, tensors.x(), tensors.y());
    torch.mean_out(loss, losses);
  }

  @Override
  void computeGradient() {
    operators.backward.apply(this, tensors.x(), tensors.y());
  }

  @Override
  public void close() {
    super.close();
    one.close();
    losses.close();
  }
}
