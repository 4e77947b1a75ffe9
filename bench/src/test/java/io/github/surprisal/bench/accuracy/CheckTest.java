package io.github.surprisal.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.Peers;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckTest {
  private static final Shape SHAPE = new Shape(32, 10);

  /** The largest bound of any loss, a focal one's. */
  private static final double BOUND = 16;

  static Stream<Arguments> allThatIsMeasured() {
    return Peers.all().stream()
        .filter(Peer::computes)
        .flatMap(peer ->
            MeasuredLosses.ALL.stream()
                .filter(loss -> peer.has(loss.name()))
                .map(loss -> Arguments.of(peer.name(), loss)));
  }

  private static Check check(Peer peer, MeasuredLoss loss) {
    var workload = loss.draw(SHAPE);
    try (var prepared = peer.prepare(workload, 1)) {
      return Check.of(peer, prepared, workload);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("allThatIsMeasured")
  void whatIsMeasuredIsRight(String peer, MeasuredLoss loss) {
    var check = check(Peers.named(peer), loss);
    assertTrue(check.isRight(), check::toString);
    if (peer.startsWith("surprisal")) {
      assertTrue(check.accuracy().maxUlp() <= BOUND, check::toString);
      assertTrue(check.accuracy().lossUlp() <= BOUND, check::toString);
    }
  }

  /** The kernel, with a hundredth of the loss and a gradient element wrong. */
  private static final class Wrong implements Peer {
    private final Peer right = Peers.named("surprisal");

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public String description() {
      return "wrong by a hundredth";
    }

    @Override
    public boolean has(String loss) {
      return right.has(loss);
    }

    @Override
    public PreparedLoss prepare(Workload workload, int threads) {
      var prepared = right.prepare(workload, threads);
      return new PreparedLoss() {
        @Override
        public double loss() {
          return prepared.loss();
        }

        @Override
        public double lossAndGradient() {
          return 1.01 * prepared.lossAndGradient();
        }

        @Override
        public void readGradient(float[] gradient) {
          prepared.readGradient(gradient);
          gradient[7] = Float.POSITIVE_INFINITY;
        }
      };
    }
  }

  @Test
  void whatIsWrongIsFound() {
    var check = check(new Wrong(), MeasuredLosses.named("mse"));
    assertFalse(check.isRight());
    assertEquals(0.01, check.lossError(), 1e-6);
    assertEquals(Double.POSITIVE_INFINITY, check.accuracy().maxUlp());
    assertTrue(check.accuracy().witness().startsWith("gradient[7] Infinity, true "));
  }
}
