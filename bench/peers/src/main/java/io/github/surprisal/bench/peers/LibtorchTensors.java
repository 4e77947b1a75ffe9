package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * A workload as tensors of libtorch.
 *
 * @param x the predictions
 * @param y the targets, or the labels as long integers
 * @param parameter the further input of each element, or null
 * @param memory the memory of the predictions
 */
record LibtorchTensors(Tensor x, Tensor y, Tensor parameter, FloatBuffer memory)
    implements AutoCloseable {
  static LibtorchTensors of(Workload workload) {
    long[] shape = {workload.rows(), workload.columns()};
    var x = Tensor.create(workload.predictions(), shape);
    var y =
        workload.labels() == null
            ? Tensor.create(workload.targets(), shape)
            : Tensor.create(Arrays.stream(workload.labels()).asLongStream().toArray());
    var parameter =
        workload.parameter() == null ? null : Tensor.create(workload.parameter(), shape);
    return new LibtorchTensors(x, y, parameter, x.createBuffer());
  }

  @Override
  public void close() {
    x.close();
    y.close();
    if (parameter != null) {
      parameter.close();
    }
  }
}
