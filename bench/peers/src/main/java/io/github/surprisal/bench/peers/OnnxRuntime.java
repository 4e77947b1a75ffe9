package io.github.surprisal.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Microsoft's runtime of ONNX graphs, in direct buffers. */
public final class OnnxRuntime implements Peer {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String description() {
    return "ONNX Runtime 1.29.0, a graph with the gradient written by hand; buffers are reused";
  }

  @Override
  public boolean has(String loss) {
    return OnnxLosses.BY_LOSS.containsKey(loss);
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload workload, int threads) {
    try {
      return new Prepared(workload, threads);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Prepared extends ResidentLoss {
    private final Arena memory = Arena.ofShared();
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession lossAlone;
    private final OrtSession both;
    private final FloatBuffer predictions;
    private final FloatBuffer loss = floats(1);
    private final FloatBuffer gradient;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> gradientInputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();
    private final Map<String, OnnxTensor> gradientOutputs = new HashMap<>();

    Prepared(Workload workload, int threads) throws OrtException {
      long rows = workload.rows();
      long[] shape = {rows, workload.columns()};
      predictions = floats(workload.elements()).put(0, workload.predictions());
      gradient = floats(workload.elements());
      inputs.put("x", tensor(predictions, shape));
      if (workload.labels() == null) {
        inputs.put("y", tensor(floats(workload.elements()).put(0, workload.targets()), shape));
      } else {
        long[] labels = Arrays.stream(workload.labels()).asLongStream().toArray();
        var numbers = direct(Long.BYTES * labels.length).asLongBuffer().put(0, labels);
        inputs.put("y", tensor(numbers, rows));
        gradientInputs.put("y_column", tensor(numbers, rows, 1));
        float[] shares = new float[labels.length];
        Arrays.fill(shares, -1f / rows);
        gradientInputs.put("shares", tensor(floats(shares.length).put(0, shares), rows, 1));
      }
      gradientInputs.putAll(inputs);
      outputs.put("loss", tensor(loss));
      gradientOutputs.putAll(outputs);
      gradientOutputs.put("gradient", tensor(gradient, shape));
      var model = OnnxLosses.BY_LOSS.get(workload.loss());
      lossAlone = session(model.apply(workload, false), threads);
      both = session(model.apply(workload, true), threads);
    }

    @Override
    public double loss() {
      return run(lossAlone, inputs, outputs);
    }

    @Override
    public double lossAndGradient() {
      return run(both, gradientInputs, gradientOutputs);
    }

    private double run(
        OrtSession session, Map<String, OnnxTensor> from, Map<String, OnnxTensor> to) {
      try (var _ = session.run(from, to)) {
        return loss.get(0);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    void writePredictions(float[] numbers) {
      predictions.put(0, numbers);
    }

    @Override
    public void readGradient(float[] copy) {
      gradient.get(0, copy);
    }

    private OrtSession session(OnnxModel model, int threads) throws OrtException {
      try (var options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        return environment.createSession(model.toBytes(), options);
      }
    }

    private OnnxTensor tensor(FloatBuffer numbers, long... shape) throws OrtException {
      return OnnxTensor.createTensor(environment, numbers, shape);
    }

    private OnnxTensor tensor(LongBuffer numbers, long... shape) throws OrtException {
      return OnnxTensor.createTensor(environment, numbers, shape);
    }

    private FloatBuffer floats(int count) {
      return direct(Float.BYTES * count).asFloatBuffer();
    }

    private ByteBuffer direct(int bytes) {
      return memory.allocate(bytes, Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
      try {
        lossAlone.close();
        both.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
      gradientInputs.values().forEach(OnnxTensor::close);
      gradientOutputs.values().forEach(OnnxTensor::close);
      memory.close();
    }
  }
}
