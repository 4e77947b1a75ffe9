package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.F64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The special cases that the Javadoc of each function lists; one row or test for each. */
class SpecialValuesTest {

  @ParameterizedTest
  @CsvSource({
    "EXP, Infinity, Infinity",
    "EXP, -Infinity, 0",
    "EXP, 0, 1",
    "EXP, -0.0, 1",
    "EXP_NON_POSITIVE, -Infinity, 0",
    "EXP_NON_POSITIVE, 0, 1",
    "EXP_NON_POSITIVE, -0.0, 1",
    "LOG, Infinity, Infinity",
    "LOG, 0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, -1, NaN",
    "LOG, -1e-40, NaN",
    "LOG, -Infinity, NaN",
    "LOG, 1, 0",
    "LOG1P, Infinity, Infinity",
    "LOG1P, 0, 0",
    "LOG1P, -0.0, -0.0",
    "LOG1P, -1, -Infinity",
    "LOG1P, -1.5, NaN",
    "LOG1P, -Infinity, NaN",
    "LOG1P_NON_NEGATIVE, Infinity, Infinity",
    "LOG1P_NON_NEGATIVE, 0, 0",
    "LOG1P_UNIT, 0, 0",
    "EXPM1, Infinity, Infinity",
    "EXPM1, -Infinity, -1",
    "EXPM1, 0, 0",
    "EXPM1, -0.0, -0.0",
    "EXPM1, -1e-40, -1e-40",
    "TANH, Infinity, 1",
    "TANH, -Infinity, -1",
    "TANH, 0, 0",
    "TANH, -0.0, -0.0",
    "TANH, 1e-40, 1e-40",
    "TANH_WITHIN_ONE, 0, 0",
    "TANH_WITHIN_ONE, -0.0, 0"
  })
  void bothTypes(String function, double x, double expected) {
    check(FloatFunction.valueOf(function), (float) x, (float) expected);
    check(DoubleFunction.valueOf(function), x, expected);
  }

  /** Last argument before a change, and first after it. */
  @ParameterizedTest
  @CsvSource({
    "EXP, 0x1.62e42ep6, 0x1.ffff08p127",
    "EXP, 0x1.62e430p6, Infinity",
    "EXP, -0x1.9fe368p6, 0x1p-149",
    "EXP, -0x1.9fe36ap6, 0",
    "EXP_NON_POSITIVE, -0x1.5d589ep6, 0x1.00004cp-126",
    "EXP_NON_POSITIVE, -0x1.5d58a0p6, 0",
    "EXP_NON_POSITIVE, -3e38, 0",
    "EXPM1, 0x1.62e42ep6, 0x1.ffff08p127",
    "EXPM1, 0x1.62e430p6, Infinity",
    "TANH, 0x1.207278p3, 0x1.fffffep-1",
    "TANH, 0x1.20727ap3, 1",
    "TANH, -0x1.20727ap3, -1"
  })
  void floatThresholds(FloatFunction function, float x, float expected) {
    check(function, x, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, 0x1.62e42fefa39efp9, 0x1.fffffffffff2ap1023",
    "EXP, 0x1.62e42fefa39f0p9, Infinity",
    "EXP, -0x1.74910d52d3051p9, 0x1p-1074",
    "EXP, -0x1.74910d52d3052p9, 0",
    "EXP_NON_POSITIVE, -0x1.6232bdd7abcd2p9, 0x1.000000000007cp-1022",
    "EXP_NON_POSITIVE, -0x1.6232bdd7abcd3p9, 0",
    "EXP_NON_POSITIVE, -1e308, 0",
    "EXPM1, 0x1.62e42fefa39efp9, 0x1.fffffffffff2ap1023",
    "EXPM1, 0x1.62e42fefa39f0p9, Infinity",
    "EXPM1, -0x1p-1074, -0x1p-1074",
    "TANH, 0x1.30fc19366a6a5p4, 0x1.fffffffffffffp-1",
    "TANH, 0x1.30fc19366a6a6p4, 1",
    "TANH, -0x1.30fc19366a6a6p4, -1",
    "TANH, 0x1p-1074, 0x1p-1074"
  })
  void doubleThresholds(DoubleFunction function, double x, double expected) {
    check(function, x, expected);
  }

  /** Quiet and signalling, of both signs and many payloads. */
  @ParameterizedTest
  @EnumSource
  void everyNanStaysNan(FloatFunction function) {
    IntStream.iterate(0x7f80_0001, bits -> bits > 0, bits -> bits + 9973)
        .flatMap(bits -> IntStream.of(bits, bits | Integer.MIN_VALUE))
        .forEach(bits -> check(function, Float.intBitsToFloat(bits), Float.NaN));
  }

  @ParameterizedTest
  @EnumSource
  void everyNanStaysNan(DoubleFunction function) {
    IntStream.iterate(0x7ff0_0000, bits -> bits > 0, bits -> bits + 997)
        .flatMap(bits -> IntStream.of(bits, bits | Integer.MIN_VALUE))
        .mapToObj(bits -> Double.longBitsToDouble(((long) bits << 32) + 1))
        .forEach(x -> check(function, x, Double.NaN));
  }

  @Test
  void tanhIsOddAndAtMostOne() {
    Samples.hard(1)
        .filter(x -> !Double.isNaN(x))
        .forEach(x -> {
          double y = TanhF64Twin.tanh(x);
          float z = TanhF32Twin.tanh((float) x);
          assertTrue(Math.abs(y) <= 1 && Math.abs(z) <= 1, () -> "tanh(" + x + ")");
          assertEquals(-y, TanhF64Twin.tanh(-x));
          assertEquals(-z, TanhF32Twin.tanh((float) -x));
        });
  }

  @Test
  void tanhWithinOneIsOddButForZero() {
    for (int i = 1; i <= 1000; i++) {
      double u = i / 1000.0;
      assertEquals(-TanhF64Twin.tanhWithinOne(u), TanhF64Twin.tanhWithinOne(-u));
      assertEquals(-TanhF32Twin.tanhWithinOne((float) u), TanhF32Twin.tanhWithinOne((float) -u));
    }
  }

  private static void check(FloatFunction function, float x, float expected) {
    String call = function + "(" + x + ")";
    assertEquals(expected, function.twin.apply(x), call);
    assertEquals(expected, function.vector.apply(FloatVector.broadcast(F32, x)).lane(0), call);
  }

  private static void check(DoubleFunction function, double x, double expected) {
    String call = function + "(" + x + ")";
    assertEquals(expected, function.twin.applyAsDouble(x), call);
    assertEquals(expected, function.vector.apply(DoubleVector.broadcast(F64, x)).lane(0), call);
  }
}
