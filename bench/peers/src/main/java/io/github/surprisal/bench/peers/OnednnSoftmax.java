package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** Intel's kernels at their fastest: softmax alone. The loss is infinite where it underflows. */
public final class OnednnSoftmax implements Peer {
  @Override
  public String name() {
    return "onednn-softmax";
  }

  @Override
  public String description() {
    return "oneDNN 3.13, softmax alone, the loss its -log in Java: infinite if softmax underflows";
  }

  @Override
  public boolean has(String loss) {
    return loss.equals("cross_entropy");
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload workload, int threads) {
    Loader.load(dnnl.class);
    OpenMp.setThreads(threads);
    return new Softmax(workload);
  }

  private static final class Softmax extends OnednnCrossEntropy {
    private final OnednnGraph.Step softmax;

    Softmax(Workload workload) {
      super(workload);
      softmax =
          graph.softmax(dnnl.algorithm.softmax_accurate, 1f / workload.rows(), 0, x, scaledSoftmax);
    }

    @Override
    public double loss() {
      graph.run(softmax);
      return labels.meanNegativeLogOfShares(softmax());
    }

    @Override
    void computeSoftmax() {}
  }
}
