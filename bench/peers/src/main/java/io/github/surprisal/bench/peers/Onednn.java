package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** Intel's kernels: log softmax, then exp. Right wherever the loss is finite. */
public final class Onednn implements Peer {
  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String description() {
    return "oneDNN 3.13, log softmax and exp; the labels are read in Java";
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
    return new LogSoftmax(workload);
  }

  /** The matrix between the two holds log softmax - log N, so that exp gives softmax / N. */
  private static final class LogSoftmax extends OnednnCrossEntropy {
    private final OnednnGraph.Step logSoftmax;
    private final OnednnGraph.Step exp;
    private final FloatBuffer shifted;
    private final double logRows;

    LogSoftmax(Workload workload) {
      super(workload);
      logRows = Math.log(workload.rows());
      var between = graph.allocate();
      shifted = graph.numbers(between);
      logSoftmax = graph.softmax(dnnl.algorithm.softmax_log, 1, (float) -logRows, x, between);
      exp = graph.exp(between, scaledSoftmax);
    }

    @Override
    public double loss() {
      graph.run(logSoftmax);
      return labels.meanNegativeLog(shifted) - logRows;
    }

    @Override
    void computeSoftmax() {
      graph.run(exp);
    }
  }
}
