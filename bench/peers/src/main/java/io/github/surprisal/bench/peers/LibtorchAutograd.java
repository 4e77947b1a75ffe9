package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ library, called as PyTorch is: the loss, then backward(). */
public final class LibtorchAutograd implements Peer {
  @Override
  public String name() {
    return "libtorch-autograd";
  }

  @Override
  public String description() {
    return "libtorch 2.13.0, eager, the loss and backward(); the gradient is a new tensor each time";
  }

  @Override
  public boolean has(String loss) {
    return LibtorchFunctions.BY_LOSS.containsKey(loss);
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload workload, int threads) {
    torch.set_num_threads(threads);
    return new Prepared(
        LibtorchFunctions.BY_LOSS.get(workload.loss()), LibtorchTensors.of(workload));
  }

  private static final class Prepared extends ResidentLoss {
    private final LibtorchFunctions.Function function;
    private final LibtorchTensors tensors;

    /** The predictions once more, in the same memory, but without a graph behind the loss. */
    private final Tensor constant;

    Prepared(LibtorchFunctions.Function function, LibtorchTensors tensors) {
      this.function = function;
      this.tensors = tensors;
      constant = tensors.x().detach();
      tensors.x().set_requires_grad(true);
    }

    @Override
    public double loss() {
      try (var _ = new PointerScope()) {
        return function.mean(constant, tensors.y(), tensors.parameter()).item_float();
      }
    }

    @Override
    public double lossAndGradient() {
      try (var _ = new PointerScope()) {
        // Else the gradient would be added to the last one.
        tensors.x().mutable_grad().reset();
        var loss = function.mean(tensors.x(), tensors.y(), tensors.parameter());
        loss.backward();
        return loss.item_float();
      }
    }

    @Override
    void writePredictions(float[] predictions) {
      tensors.memory().put(0, predictions);
    }

    @Override
    public void readGradient(float[] gradient) {
      try (var _ = new PointerScope()) {
        FloatBuffer memory = tensors.x().grad().createBuffer();
        memory.get(0, gradient);
      }
    }

    @Override
    public void close() {
      constant.close();
      tensors.close();
    }
  }
}
