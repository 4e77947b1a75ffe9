package io.github.surprisal.bench.peers;

import static java.util.Map.entry;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The losses of PyTorch, with its own defaults, as one would call or write them there. */
final class LibtorchFunctions {
  /** Mean loss of predictions, targets and the further input of each element. */
  @FunctionalInterface
  interface Function {
    Tensor mean(Tensor x, Tensor y, Tensor parameter);
  }

  /** Names of a reduction in ATen. */
  static final long NONE = 0;

  static final long MEAN = 1;

  /** The label that no row has. */
  static final long IGNORE_INDEX = -100;

  private static final double FOCAL_ALPHA = 0.25;
  private static final double FOCAL_GAMMA = 2;

  /** Options that the benchmark measures beside the usual ones. */
  private static final double OTHER_GAMMA = 1.7;

  private static final double SMOOTHING = 0.1;
  private static final double GAUSSIAN_EPSILON = 1e-6;
  private static final double POISSON_EPSILON = 1e-8;

  /** By the name of the loss in the benchmark. */
  static final Map<String, Function> BY_LOSS =
      Map.ofEntries(
          entry("cross_entropy", (x, y, _) -> torch.cross_entropy_loss(x, y)),
          entry(
              "cross_entropy+label_smoothing",
              (x, y, _) ->
                  torch.cross_entropy_loss(
                      x, y, new TensorOptional(), MEAN, IGNORE_INDEX, SMOOTHING)),
          entry("binary_cross_entropy", (x, y, _) -> torch.binary_cross_entropy(x, y)),
          entry(
              "binary_cross_entropy_with_logits",
              (x, y, _) -> torch.binary_cross_entropy_with_logits(x, y)),
          entry("sigmoid_focal", (x, y, _) -> sigmoidFocal(x, y, FOCAL_GAMMA)),
          entry("sigmoid_focal+gamma", (x, y, _) -> sigmoidFocal(x, y, OTHER_GAMMA)),
          entry("soft_margin", (x, y, _) -> torch.soft_margin_loss(x, y)),
          entry("mse", (x, y, _) -> torch.mse_loss(x, y)),
          entry("l1", (x, y, _) -> torch.l1_loss(x, y)),
          entry("huber", (x, y, _) -> torch.huber_loss(x, y)),
          entry("smooth_l1", (x, y, _) -> torch.smooth_l1_loss(x, y)),
          entry(
              "poisson_nll",
              (x, y, _) -> torch.poisson_nll_loss(x, y, true, false, POISSON_EPSILON, MEAN)),
          entry("gaussian_nll", LibtorchFunctions::gaussianNll),
          entry("kl_div", (x, y, _) -> torch.kl_div(x, y)));

  private LibtorchFunctions() {}

  /** As torchvision composes it, with the same steps. */
  private static Tensor sigmoidFocal(Tensor x, Tensor y, double gamma) {
    var one = new Scalar(1.0);
    var none = new TensorOptional();
    var p = torch.sigmoid(x);
    var crossEntropy = torch.binary_cross_entropy_with_logits(x, y, none, none, NONE);
    var notY = torch.rsub(y, one);
    var pTarget = p.mul(y).add(torch.rsub(p, one).mul(notY));
    var loss = crossEntropy.mul(torch.rsub(pTarget, one).pow(new Scalar(gamma)));
    var alpha = y.mul(new Scalar(FOCAL_ALPHA)).add(notY.mul(new Scalar(1 - FOCAL_ALPHA)));
    return alpha.mul(loss).mean();
  }

  /** As torch.nn.functional composes it; the variance has no gradient here. */
  private static Tensor gaussianNll(Tensor x, Tensor y, Tensor variance) {
    var v = torch.clamp_min(variance, new Scalar(GAUSSIAN_EPSILON));
    var square = x.sub(y).pow(new Scalar(2.0));
    return v.log().add(square.div(v)).mul(new Scalar(0.5)).mean();
  }
}
