package io.github.surprisal.bench.conformance.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decimals are rounded to their type once. */
class DtypeTest {
  @ParameterizedTest
  @CsvSource({
    "float64, 0.1, 0.1",
    "float32, 0.1, 0.10000000149011612",
    // Just above half-way between 1 and the next float; its double is half-way, and would go down.
    "float32, 1.00000005960464477539062500001, 1.00000011920928955",
    "float32, 1.000000059604644775390625, 1",
    "bfloat16, 1.00390625, 1",
    "bfloat16, 1.00390625000000000000000000001, 1.0078125",
    "bfloat16, -1.01171874999999999999999999999, -1.0078125",
    "bfloat16, -1.01171875, -1.015625",
    "bfloat16, 3.39e38, 3.3895313892515355e38",
    "float16, 1.00048828125, 1",
    "float16, 1.00048828125000000000000000001, 1.0009765625",
    "float16, 65519.99, 65504",
    "float16, 2.9802322387695312e-8, 0",
    "float16, 2.98023223876953125000001e-8, 5.9604644775390625e-8",
    "float16, 1e-999999999999, 0",
  })
  void roundsOnce(String dtype, String decimal, double expected) throws Exception {
    assertEquals(expected, Dtype.named(dtype).parse(decimal));
  }

  @Test
  void overflowsToInfinity() throws Exception {
    assertEquals(Double.POSITIVE_INFINITY, Dtype.FLOAT16.parse("65520"));
    assertEquals(Double.NEGATIVE_INFINITY, Dtype.BFLOAT16.parse("-3.4e38"));
    assertEquals(Double.POSITIVE_INFINITY, Dtype.FLOAT64.parse("1e999"));
  }

  @Test
  void float16IsThatOfTheJdk() {
    var random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      float x = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(x)) {
        double expected = Float.float16ToFloat(Float.floatToFloat16(x));
        assertEquals(expected, Dtype.FLOAT16.parse(new BigDecimal(x).toString()));
        assertEquals(expected, Dtype.FLOAT16.round(x));
      }
    }
  }

  @Test
  void bfloat16IsTheUpperHalfOfAFloat() {
    var random = new Random(6);
    for (int i = 0; i < 10_000; i++) {
      int bits = random.nextInt();
      float x = Float.intBitsToFloat(bits);
      if (Float.isFinite(x)) {
        int nearest = (bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000;
        assertEquals(Float.intBitsToFloat(nearest), Dtype.BFLOAT16.parse(Float.toString(x)));
      }
    }
  }
}
