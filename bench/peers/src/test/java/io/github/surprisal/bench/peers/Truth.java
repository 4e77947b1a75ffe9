package io.github.surprisal.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.bench.conformance.loss.Losses;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Options;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.bench.peer.Workload;
import io.github.surprisal.bench.workload.MeasuredLosses;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the oracle gives for a batch.
 *
 * @param loss the mean loss
 * @param scale the largest term that it was made of
 */
record Truth(double loss, double scale, double[] gradient) {
  /** In the largest term of the loss; float32 has 6e-8. */
  private static final double LOSS_TOLERANCE = 1e-6;

  /** In the largest number of the gradient. oneDNN's exponential needs 2e-6. */
  private static final double GRADIENT_TOLERANCE = 5e-6;

  static Truth of(Workload batch) {
    try {
      var measured = MeasuredLosses.named(batch.loss());
      var loss = Losses.named(measured.caseName());
      Map<String, Tensor> inputs = new HashMap<>();
      int[] shape = {batch.rows(), batch.columns()};
      String predictions =
          loss.signature().inputs().keySet().stream()
              .filter(Set.of("logits", "log_probabilities", "predictions")::contains)
              .findFirst()
              .orElseThrow();
      inputs.put(predictions, tensor(shape, batch.predictions()));
      if (batch.labels() != null) {
        double[] labels = Arrays.stream(batch.labels()).asDoubleStream().toArray();
        inputs.put("labels", new Tensor(new int[] {batch.rows()}, labels));
      } else {
        inputs.put("targets", tensor(shape, batch.targets()));
      }
      if (batch.parameter() != null) {
        inputs.put(measured.parameterName(), tensor(shape, batch.parameter()));
      }
      var truth =
          loss.reference(
              new Case(
                  Dtype.FLOAT32,
                  inputs,
                  new Options(measured.options().apply(batch.columns())),
                  null,
                  Set.of("loss", "gradients")));
      return new Truth(
          truth.outcome().loss().data()[0],
          truth.scale().loss().data()[0],
          truth.outcome().gradients().get(predictions).data());
    } catch (CaseException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor tensor(int[] shape, float[] values) {
    double[] data = new double[values.length];
    Arrays.setAll(data, i -> values[i]);
    return new Tensor(shape, data);
  }

  void assertLoss(double actual) {
    assertEquals(loss, actual, LOSS_TOLERANCE * scale, "loss");
  }

  void assertGradient(float[] actual) {
    double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(gradient[i], actual[i], GRADIENT_TOLERANCE * largest, "gradient[" + i + "]");
    }
  }
}
