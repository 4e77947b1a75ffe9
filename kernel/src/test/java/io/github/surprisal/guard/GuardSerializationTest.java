package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.RoundTrip;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from a stream is what was written; states have tests of their own. */
class GuardSerializationTest {
  @Test
  void options() throws Exception {
    for (NonFinite policy : NonFinite.values()) {
      for (Object option :
          List.of(
              new ClipByNorm(0.3, Norm.ONE, policy),
              new ClipByNorm(0.3, Norm.MAX, policy),
              new ClipByValue(0.3, policy),
              new ClipByUnit(0.3, 0.1, policy))) {
        assertEquals(option, RoundTrip.of(option));
      }
      var outliers =
          ClipByZScore.builder()
              .threshold(3)
              .decay(0.5)
              .warmUp(4)
              .leastDeviation(0.1)
              .maxNorm(7)
              .target(ZScoreTarget.MEAN)
              .nonFinite(policy)
              .build();
      assertEquals(
          "ClipByZScore[count=0, mean=0.0, deviation=4.9E-324, zScore=0.0, "
              + "ZScoreOptions[threshold=3.0, decay=0.5, warmUp=4, leastDeviation=0.1, "
              + "maxNorm=7.0, target=MEAN, nonFinite="
              + policy
              + "]]",
          RoundTrip.of(outliers).toString());
    }
  }
}
