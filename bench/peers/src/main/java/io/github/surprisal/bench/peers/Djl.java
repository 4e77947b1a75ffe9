package io.github.surprisal.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Supplier;

/** Amazon's Deep Java Library over its own libtorch. */
public final class Djl implements Peer {
  private static final String ENGINE = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  /** Its losses, scaled as ours are. */
  private static final Map<String, Supplier<Loss>> BY_LOSS =
      Map.of(
          "cross_entropy", Loss::softmaxCrossEntropyLoss,
          "mse", () -> Loss.l2Loss("mse", 1),
          "l1", () -> Loss.l1Loss("l1", 1),
          "hinge", () -> Loss.hingeLoss("hinge", 1, 1),
          "binary_cross_entropy_with_logits",
              () -> Loss.sigmoidBinaryCrossEntropyLoss("bce", 1, false));

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public String description() {
    return "DJL 0.36.0 with libtorch 2.7.1, its Loss and a GradientCollector";
  }

  @Override
  public boolean has(String loss) {
    return BY_LOSS.containsKey(loss);
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  /** The engine reads the number of threads once: the first call of a process decides. */
  @Override
  public PreparedLoss prepare(Workload workload, int threads) {
    System.setProperty(THREADS, Integer.toString(threads));
    return new Prepared(workload, BY_LOSS.get(workload.loss()).get());
  }

  private static final class Prepared extends ResidentLoss {
    private final Loss loss;
    private final NDManager manager = NDManager.newBaseManager(ENGINE);
    private final NDArray x;
    private final NDList predictions;
    private final NDList targets;

    Prepared(Workload workload, Loss loss) {
      this.loss = loss;
      var shape = new Shape(workload.rows(), workload.columns());
      x = manager.create(workload.predictions(), shape);
      x.setRequiresGradient(true);
      predictions = new NDList(x);
      targets =
          new NDList(
              workload.labels() == null
                  ? manager.create(workload.targets(), shape)
                  : manager.create(workload.labels()));
    }

    /** The scope closes what the loss creates, which else would stay until the manager closes. */
    @Override
    public double loss() {
      try (var scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        return loss.evaluate(targets, predictions).getFloat();
      }
    }

    @Override
    public double lossAndGradient() {
      try (var scope = new NDScope();
          var collector = Engine.getEngine(ENGINE).newGradientCollector()) {
        scope.suppressNotUsedWarning();
        // Else the gradient would be added to the last one. This is how DJL zeroes its own.
        NDArray last = x.getGradient();
        last.subi(last);
        NDArray mean = loss.evaluate(targets, predictions);
        collector.backward(mean);
        return mean.getFloat();
      }
    }

    @Override
    void writePredictions(float[] numbers) {
      x.set(numbers);
    }

    @Override
    public void readGradient(float[] gradient) {
      try (NDArray current = x.getGradient()) {
        FloatBuffer numbers = current.toByteBuffer().asFloatBuffer();
        numbers.get(0, gradient);
      }
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
