package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DemoPageTest {
  @Test
  void gradientsOfHardRowsAreWithinThePromise() {
    var check = GradientCheck.of(GradientCheck.hardRows(12, 7), 200, 7);

    assertEquals(200, check.elements());
    assertTrue(check.holds(), check::toString);
  }
}
