package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The arrays of Deeplearning4j, whose operators are native. */
public final class Nd4jPeer implements Peer {
  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public String description() {
    return "ND4J 1.0.0-M2.1, its loss operators and those of their gradients, outputs reused";
  }

  @Override
  public boolean has(String loss) {
    return Nd4jLoss.OPERATORS.containsKey(loss);
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload workload, int threads) {
    // Loads the natives, which the number of threads is set in.
    Nd4j.getExecutioner();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    return new Nd4jLoss(workload);
  }
}
