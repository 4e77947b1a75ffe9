package io.github.surprisal.bench.accuracy;

import io.github.surprisal.bench.conformance.UlpError;
import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.Workload;

/**
 * How near a peer comes to the oracle on one workload, in float32 ulps of the largest term that a
 * number is made of; infinity where a value is not finite and should be, or the other way round.
 *
 * @param lossUlp error of the mean loss
 * @param maxUlp largest error of a gradient element
 * @param meanUlp mean error of the gradient's elements
 * @param witness the worst in words: where, what was given, what is true
 */
public record Accuracy(double lossUlp, double maxUlp, double meanUlp, String witness) {
  private static final UlpError ULPS = new UlpError(Dtype.FLOAT32, false);

  /** Runs the peer once. */
  static Accuracy of(Peer peer, Workload workload, Truth truth) {
    float[] gradient = new float[workload.elements()];
    double loss;
    try (var prepared = peer.prepare(workload, 1)) {
      loss = prepared.lossAndGradient();
      prepared.readGradient(gradient);
    }
    double lossUlp = ULPS.of(truth.loss(), loss, truth.lossScale());
    double sum = 0;
    double max = 0;
    int worst = 0;
    for (int i = 0; i < gradient.length; i++) {
      double error = ULPS.of(truth.gradient()[i], gradient[i], truth.gradientScale()[i]);
      sum += error;
      if (error > max) {
        max = error;
        worst = i;
      }
    }
    String witness =
        lossUlp > max
            ? "loss %s, true %s".formatted((float) loss, (float) truth.loss())
            : max == 0
                ? ""
                : "gradient[%d] %s, true %s, of %s"
                    .formatted(
                        worst,
                        gradient[worst],
                        (float) truth.gradient()[worst],
                        input(workload, worst));
    return new Accuracy(lossUlp, max, sum / gradient.length, witness);
  }

  private static String input(Workload w, int i) {
    String prediction = Float.toString(w.predictions()[i]);
    return w.targets() == null
        ? "logit " + prediction + " in row " + i / w.columns()
        : "prediction " + prediction + ", target " + w.targets()[i];
  }
}
