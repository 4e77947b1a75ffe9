package io.github.surprisal.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
  @Test
  void readsWhatItWrites() {
    assertEquals(new Shape(64, 128256), Shape.parse("64x128256"));
    assertEquals("64x128256", new Shape(64, 128256).toString());
    assertEquals(8_208_384, new Shape(64, 128256).elements());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "64x", "x10", "0x10", "-1x10", "1x2x3", "65536x65536", "axb"})
  void refusesWhatIsNoShape(String text) {
    var error = assertThrows(IllegalArgumentException.class, () -> Shape.parse(text));
    assertEquals(
        "shape = " + text + ", expected ROWSxCLASSES with at most 2^31 - 1 elements",
        error.getMessage());
  }
}
