package io.github.surprisal.bench.speed;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {
  private static final Agreement EXPECTED = new Agreement(2, new double[] {0.5, -0.5});

  @Test
  void wrongLossIsRefused() {
    assertDoesNotThrow(() -> EXPECTED.loss("code", 2.0001));
    assertThrows(IllegalStateException.class, () -> EXPECTED.loss("code", 2.001));
    assertThrows(IllegalStateException.class, () -> EXPECTED.loss("code", Double.NaN));
  }

  @Test
  void wrongGradientIsRefused() {
    assertDoesNotThrow(() -> EXPECTED.lossAndGradient("code", 2, i -> i == 0 ? 0.5 : -0.5));
    assertThrows(IllegalStateException.class, () -> EXPECTED.lossAndGradient("code", 2, i -> 0.5));
    assertThrows(
        IllegalStateException.class, () -> EXPECTED.lossAndGradient("code", 2, i -> Double.NaN));
  }

  @ParameterizedTest
  @EnumSource
  void allThatIsMeasuredAgrees(MeasuredLoss loss) {
    for (var type : ElementType.values()) {
      var benchmark = new CrossEntropyBenchmark();
      benchmark.shape = "32x10";
      benchmark.type = type;
      benchmark.loss = loss;
      assertDoesNotThrow(benchmark::setUp);
    }
  }
}
