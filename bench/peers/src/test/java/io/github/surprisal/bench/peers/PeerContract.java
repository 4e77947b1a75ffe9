package io.github.surprisal.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds of every peer. Each has a class of its own, since each needs a JVM of its own. */
abstract class PeerContract {
  /** Makes logits of standard deviation 200. */
  private static final float CONFIDENT_FACTOR = 200f / 3;

  private final Peer peer;

  PeerContract(Peer peer) {
    this.peer = peer;
  }

  /** What it makes of cross-entropy where float32 probabilities underflow: the truth, at best. */
  double confidentLoss(double truth) {
    return truth;
  }

  @Test
  void isFoundAsService() {
    assertTrue(
        ServiceLoader.load(Peer.class).stream().anyMatch(p -> p.type().equals(peer.getClass())));
  }

  @Test
  void hasNoUnknownLoss() {
    assertFalse(peer.has("no_such_loss"));
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheOracle() {
    return MeasuredLosses.ALL.stream()
        .filter(loss -> peer.has(loss.name()))
        .flatMap(loss ->
            Stream.of(1, 2)
                .filter(threads -> threads == 1 || peer.hasThreads())
                .map(threads -> agreesWithTheOracle(loss, threads)));
  }

  private DynamicTest agreesWithTheOracle(MeasuredLoss loss, int threads) {
    return dynamicTest(loss + ", threads " + threads, () -> check(draw(loss), threads));
  }

  private static Workload draw(MeasuredLoss loss) {
    return loss.draw(loss.isOfRows() ? new Shape(64, 1000) : new Shape(10, 100));
  }

  private static Workload withPredictions(Workload batch, float[] predictions) {
    return new Workload(
        batch.loss(),
        batch.rows(),
        batch.columns(),
        predictions,
        batch.labels(),
        batch.targets(),
        batch.parameter());
  }

  private void check(Workload batch, int threads) {
    Truth truth = Truth.of(batch);
    float[] gradient = new float[batch.elements()];
    try (PreparedLoss prepared = peer.prepare(batch, threads)) {
      truth.assertLoss(prepared.loss());
      // Twice, since a library may add gradients up.
      for (int call = 0; call < 2; call++) {
        truth.assertLoss(prepared.lossAndGradient());
        prepared.readGradient(gradient);
        truth.assertGradient(gradient);
      }
      float[] predictions = new float[batch.elements()];
      for (int i = 0; i < predictions.length; i++) {
        predictions[i] = batch.predictions()[predictions.length - 1 - i];
      }
      Truth second = Truth.of(withPredictions(batch, predictions));
      second.assertLoss(prepared.lossAndGradient(predictions, gradient));
      second.assertGradient(gradient);
    }
  }

  @Test
  void confidentCrossEntropyIsAsKnown() {
    assumeTrue(peer.has("cross_entropy"));
    Workload usual = draw(MeasuredLosses.named("cross_entropy"));
    float[] logits = usual.predictions().clone();
    for (int i = 0; i < logits.length; i++) {
      logits[i] *= CONFIDENT_FACTOR;
    }
    Workload batch = withPredictions(usual, logits);
    Truth truth = Truth.of(batch);
    double expected = confidentLoss(truth.loss());
    try (PreparedLoss prepared = peer.prepare(batch, 1)) {
      assertEquals(expected, prepared.loss(), 1e-6 * truth.scale());
      assertEquals(expected, prepared.lossAndGradient(), 1e-6 * truth.scale());
      float[] gradient = new float[batch.elements()];
      prepared.readGradient(gradient);
      truth.assertGradient(gradient);
    }
  }
}
