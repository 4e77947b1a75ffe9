package io.github.surprisal.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds of every peer. Each has a class of its own, since each needs a JVM of its own. */
abstract class PeerContract {
  private static final double CONFIDENT_SPREAD = 200;

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
    return StreamSupport.stream(Batches.losses().spliterator(), false)
        .filter(peer::has)
        .flatMap(loss ->
            Stream.of(1, 2)
                .filter(threads -> threads == 1 || peer.hasThreads())
                .map(threads ->
                    dynamicTest(loss + ", threads " + threads, () -> check(loss, threads))));
  }

  private void check(String loss, int threads) {
    Workload batch = Batches.draw(loss, 1);
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
      Workload other = Batches.draw(loss, 2);
      var mixed =
          new Workload(
              loss,
              batch.rows(),
              batch.columns(),
              other.predictions(),
              batch.labels(),
              batch.targets(),
              batch.parameter());
      Truth second = Truth.of(mixed);
      float[] predictions = other.predictions().clone();
      second.assertLoss(prepared.lossAndGradient(predictions, gradient));
      second.assertGradient(gradient);
    }
  }

  @Test
  void confidentCrossEntropyIsAsKnown() {
    assumeTrue(peer.has("cross_entropy"));
    Workload batch = Batches.draw("cross_entropy", CONFIDENT_SPREAD, 3);
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
