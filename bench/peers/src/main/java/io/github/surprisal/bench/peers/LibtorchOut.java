package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ library without autograd: operators that write to given tensors. */
public final class LibtorchOut implements Peer {
  @Override
  public String name() {
    return "libtorch-out";
  }

  @Override
  public String description() {
    return "libtorch 2.13.0, operators with out=, the gradient written by hand; nothing is allocated";
  }

  @Override
  public boolean has(String loss) {
    return loss.equals("cross_entropy") || LibtorchOutPointwise.BY_LOSS.containsKey(loss);
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload workload, int threads) {
    torch.set_num_threads(threads);
    return workload.labels() == null
        ? new LibtorchOutPointwise(workload)
        : new LibtorchOutCrossEntropy(workload);
  }
}
