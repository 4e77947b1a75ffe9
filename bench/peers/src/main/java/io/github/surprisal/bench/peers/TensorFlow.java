package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** TensorFlow for Java, a graph in a session. Its build for CPUs uses neither AVX2 nor FMA. */
public final class TensorFlow implements Peer {
  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public String description() {
    return "TensorFlow 2.18.0 for Java 1.1.0, a graph with its gradient; built without AVX2 and FMA";
  }

  @Override
  public boolean has(String loss) {
    return TensorFlowGraph.BY_LOSS.containsKey(loss);
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload workload, int threads) {
    return new Prepared(workload, threads);
  }

  private static final class Prepared extends ResidentLoss {
    private final Graph graph = new Graph();
    private final Session session;
    private final TensorFlowGraph nodes;
    private final TFloat32 x;
    private final TNumber y;

    /** The last results: outputs are new tensors each time. */
    private Result results;

    Prepared(Workload workload, int threads) {
      var shape = Shape.of(workload.rows(), workload.columns());
      x = TFloat32.tensorOf(shape, DataBuffers.of(workload.predictions()));
      y =
          workload.labels() == null
              ? TFloat32.tensorOf(shape, DataBuffers.of(workload.targets()))
              : TInt32.vectorOf(workload.labels());
      nodes = TensorFlowGraph.BY_LOSS.get(workload.loss()).apply(Ops.create(graph), workload);
      session =
          new Session(
              graph,
              ConfigProto.newBuilder()
                  .setIntraOpParallelismThreads(threads)
                  .setInterOpParallelismThreads(1)
                  .build());
    }

    @Override
    public double loss() {
      try (Result result = run().fetch(nodes.loss()).run()) {
        return number(result);
      }
    }

    @Override
    public double lossAndGradient() {
      release();
      results = run().fetch(nodes.loss()).fetch(nodes.gradient()).run();
      return number(results);
    }

    private Session.Runner run() {
      return session.runner().feed(nodes.x(), x).feed(nodes.y(), y);
    }

    private static float number(Result result) {
      return ((TFloat32) result.get(0)).getFloat();
    }

    @Override
    void writePredictions(float[] predictions) {
      x.asRawTensor().data().asFloats().write(predictions);
    }

    @Override
    public void readGradient(float[] gradient) {
      results.get(1).asRawTensor().data().asFloats().read(gradient);
    }

    private void release() {
      if (results != null) {
        results.close();
      }
    }

    @Override
    public void close() {
      release();
      session.close();
      graph.close();
      x.close();
      y.close();
    }
  }
}
