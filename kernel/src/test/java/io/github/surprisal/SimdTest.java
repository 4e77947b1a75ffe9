package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.internal.lane.Provider;
import org.junit.jupiter.api.Test;

/** What is said of vectors is what is used. */
class SimdTest {
  @Test
  void enabledAsTheLoopsAre() {
    assertEquals(Provider.SIMD, Simd.enabled());
    assertEquals(Provider.SIMD, Simd.describe().contains("-bit vectors"));
    assertTrue(Simd.describe().contains(" on JDK " + Runtime.version().feature()));
  }
}
