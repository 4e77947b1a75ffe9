package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.RoundTrip;
import java.io.InvalidObjectException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LossScalingTest {
  @Test
  void theDefaultsArePyTorchs() {
    var scaling = LossScaling.builder().build();
    assertEquals(65536, scaling.scale());
    for (int i = 0; i < 1999; i++) {
      assertTrue(scaling.step(true));
    }
    assertEquals(65536, scaling.scale());
    scaling.step(true);
    assertEquals(131072, scaling.scale());
    assertFalse(scaling.step(false));
    assertEquals(65536, scaling.scale());
    for (int i = 0; i < 20; i++) {
      scaling.step(false);
    }
    assertEquals(65536 * 0x1p-20, scaling.scale());
  }

  /** The rule of torch._amp_update_scale_, beside it over random steps. */
  @Test
  void everyStepIsPyTorchs() {
    var random = new SplittableRandom(1);
    for (int interval : new int[] {1, 2, 20}) {
      var scaling =
          LossScaling.builder()
              .growthInterval(interval)
              .growthFactor(1.7)
              .backoffFactor(0.3)
              .build();
      double scale = 65536;
      int growthTracker = 0;
      for (int step = 0; step < 50_000; step++) {
        boolean foundInf = random.nextInt(interval + 2) == 0;
        scaling.step(!foundInf);
        if (foundInf) {
          scale *= 0.3;
          growthTracker = 0;
        } else if (++growthTracker == interval) {
          growthTracker = 0;
          scale *= 1.7;
        }
        scale = Math.min(Math.max(scale, Float.MIN_NORMAL), 0x1p127);
        assertEquals(scale, scaling.scale());
      }
    }
  }

  @Test
  void hysteresisToleratesSome() {
    var scaling = LossScaling.builder().initialScale(8).hysteresis(3).growthInterval(2).build();
    boolean[] finite = {false, true, false, false, false, true, true, false, false, false};
    double[] expected = {8, 8, 8, 4, 2, 2, 4, 4, 4, 2};
    for (int i = 0; i < finite.length; i++) {
      scaling.step(finite[i]);
      assertEquals(expected[i], scaling.scale(), "step " + i);
    }
  }

  @Test
  void theScaleStaysInItsRange() {
    var scaling =
        LossScaling.builder().initialScale(3).minScale(2).maxScale(5).growthInterval(1).build();
    scaling.step(true);
    assertEquals(5, scaling.scale());
    scaling.step(false);
    scaling.step(false);
    assertEquals(2, scaling.scale());
    var most = LossScaling.builder().growthInterval(1).growthFactor(Double.MAX_VALUE).build();
    most.step(true);
    most.step(true);
    assertEquals(0x1p127, most.scale());
    var constant = LossScaling.builder().growthInterval(1).growthFactor(1).build();
    constant.step(true);
    assertEquals(65536, constant.scale());
  }

  @Test
  void theInverseIsThatOfTheStep() {
    var scaling = LossScaling.builder().growthInterval(1).build();
    assertEquals(0x1p-16, scaling.inverse());
    scaling.step(true);
    assertEquals(0x1p-16, scaling.inverse());
    assertEquals(0x1p17, scaling.scale());
    scaling.step(true);
    assertEquals(0x1p-17, scaling.inverse());
  }

  @Test
  void saysThatItsMinimumIsTooLarge() {
    var scaling = LossScaling.builder().initialScale(4).minScale(2).build();
    scaling.step(true);
    scaling.step(false);
    assertEquals(Optional.empty(), scaling.stuck());
    scaling.step(false);
    assertEquals(
        "step 3: the loss scale is at its minimum, 2.0, and gradients are still not finite; "
            + "skipped: 2 in a row, 2 of all. Look for NaN in data and parameters, or for a "
            + "learning rate that is too high.",
        scaling.stuck().orElseThrow());
    scaling.step(true);
    assertEquals(Optional.empty(), scaling.stuck());
  }

  @Test
  void saysThatTooManyStepsWereSkipped() {
    var scaling = LossScaling.builder().skipLimit(3).build();
    scaling.step(false);
    scaling.step(true);
    scaling.step(false);
    scaling.step(false);
    assertEquals(Optional.empty(), scaling.stuck());
    scaling.step(false);
    assertEquals(
        "step 5: gradients are not finite, at a loss scale of 8192.0 either; "
            + "skipped: 3 in a row, 4 of all. Look for NaN in data and parameters, or for a "
            + "learning rate that is too high.",
        scaling.stuck().orElseThrow());
    assertEquals(3, scaling.skippedInARow());
    assertEquals(4, scaling.skipped());
  }

  @Test
  void resumesExactly() throws Exception {
    var random = new SplittableRandom(2);
    var whole = LossScaling.builder().growthInterval(3).hysteresis(2).build();
    LossScaling resumed = RoundTrip.of(whole);
    for (int i = 0; i < 1000; i++) {
      boolean finite = random.nextInt(5) > 0;
      whole.step(finite);
      resumed.step(finite);
      resumed = RoundTrip.of(resumed);
      assertEquals(whole.toString(), resumed.toString());
      assertEquals(whole.inverse(), resumed.inverse());
      assertEquals(whole.stuck(), resumed.stuck());
    }
  }

  @Test
  void aStateFromAStreamIsChecked() throws Exception {
    var scaling = LossScaling.builder().build();
    for (String name : new String[] {"scale", "used"}) {
      var field = LossScaling.class.getDeclaredField(name);
      field.setAccessible(true);
      field.setDouble(scaling, Double.NaN);
      assertThrows(InvalidObjectException.class, () -> RoundTrip.of(scaling));
      field.setDouble(scaling, 1);
    }
    RoundTrip.of(scaling);
  }

  @Test
  void optionsAreChecked() {
    var b = LossScaling.builder();
    assertEquals(
        "growthInterval = 0, expected growthInterval > 0", message(() -> b.growthInterval(0)));
    assertEquals("hysteresis = 0, expected hysteresis > 0", message(() -> b.hysteresis(0)));
    assertEquals("skipLimit = -1, expected skipLimit > 0", message(() -> b.skipLimit(-1)));
    assertEquals(
        "backoffFactor = 1.0, expected 0 < backoffFactor < 1", message(() -> b.backoffFactor(1)));
    assertEquals(
        "growthFactor = NaN, expected 1 <= growthFactor < infinity",
        message(() -> b.growthFactor(Double.NaN)));
    assertEquals(
        "initialScale = 65536.0, expected 1.0 <= initialScale <= 2.0",
        message(() -> b.minScale(1).maxScale(2).build()));
  }

  private static String message(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
