package io.github.surprisal.pointwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.surprisal.HessianConvention;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  @Test
  void conventionsHaveEveryForm() {
    var formula = new Huber().hessianConvention(HessianConvention.LIGHTGBM);
    assertNotNull(formula.float32Twin());
    assertNotNull(formula.float64Twin());
  }

  @Test
  void thresholdsOfFloatsAreFloats() {
    assertEquals(new Huber((float) 0.1), Thresholds.ofFloats(new Huber(0.1)));
    assertEquals(new Tweedie(1.1), Thresholds.ofFloats(new Tweedie(1.1)));
    var convention = HessianConvention.LIGHTGBM;
    assertEquals(
        new ConventionalFormula(new Huber((float) 0.1), convention),
        Thresholds.ofFloats(new ConventionalFormula(new Huber(0.1), convention)));
  }
}
