package io.github.surprisal.bench.accuracy;

import io.github.surprisal.bench.conformance.loss.CaseLosses;
import io.github.surprisal.bench.conformance.loss.Loss;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Options;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.bench.peer.Workload;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the oracle says of a workload, rounded once to float32, and the magnitude of the largest
 * term that each number is made of, in whose ulps errors are counted.
 *
 * @param loss the mean
 * @param lossScale its magnitude
 * @param gradient by the predictions
 * @param gradientScale its magnitudes
 */
record Truth(double loss, double lossScale, double[] gradient, double[] gradientScale) {
  private static final List<String> PREDICTIONS =
      List.of("logits", "predictions", "log_probabilities");

  /** Asks the oracle, which takes its time: it is for small batches. */
  static Truth of(Workload workload) {
    try {
      var measured = MeasuredLosses.named(workload.loss());
      Loss loss = CaseLosses.named(measured.caseName());
      Set<String> inputs = loss.signature().inputs().keySet();
      String predictions = PREDICTIONS.stream().filter(inputs::contains).findFirst().orElseThrow();
      var options = new Options(measured.options().apply(workload.columns()));
      var truth =
          loss.reference(
              new Case(
                  Dtype.FLOAT32,
                  inputs(workload, predictions, measured),
                  options,
                  null,
                  Set.of("loss", "gradients")));
      return new Truth(
          truth.outcome().loss().data()[0],
          truth.scale().loss().data()[0],
          truth.outcome().gradients().get(predictions).data(),
          truth.scale().gradients().get(predictions).data());
    } catch (CaseException e) {
      throw new IllegalStateException("the oracle refuses " + workload.loss(), e);
    }
  }

  private static Map<String, Tensor> inputs(Workload w, String predictions, MeasuredLoss measured) {
    int[] matrix = {w.rows(), w.columns()};
    Map<String, Tensor> inputs = new TreeMap<>();
    inputs.put(predictions, tensor(w.predictions(), matrix));
    if (w.labels() != null) {
      double[] labels = new double[w.rows()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = w.labels()[i];
      }
      inputs.put("labels", new Tensor(new int[] {w.rows()}, labels));
    }
    if (w.targets() != null) {
      inputs.put(measured.targetName(), tensor(w.targets(), matrix));
    }
    if (w.parameter() != null) {
      inputs.put(measured.parameterName(), tensor(w.parameter(), matrix));
    }
    return inputs;
  }

  private static Tensor tensor(float[] values, int[] shape) {
    double[] data = new double[values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = values[i];
    }
    return new Tensor(shape, data);
  }
}
