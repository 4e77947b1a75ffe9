package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.F64;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vector form and scalar twin give the same bits, inside and outside the domain of a function. */
class TwinTest {
  private static final long SEED = 20260612;
  private static final int BLOCK = 1 << 12;

  @ParameterizedTest
  @EnumSource
  void floats(FloatFunction function) {
    compare(function, floats(Samples.hard(0)));
    compare(function, floats(Samples.random(20_000, SEED)));
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void everyFloat(FloatFunction function) {
    LongStream.range(0, (1L << 32) / BLOCK)
        .parallel()
        .forEach(block -> {
          float[] x = new float[BLOCK];
          for (int i = 0; i < BLOCK; i++) {
            x[i] = Float.intBitsToFloat((int) (block * BLOCK) + i);
          }
          compare(function, x);
        });
  }

  @ParameterizedTest
  @EnumSource
  void doubles(DoubleFunction function) {
    compare(function, Samples.hard(0).toArray());
    compare(function, Samples.random(20_000, SEED).toArray());
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void millionsOfDoubles(DoubleFunction function) {
    compare(function, Samples.hard(40).toArray());
    LongStream.range(0, 10_000)
        .parallel()
        .forEach(block -> compare(function, Samples.random(BLOCK, SEED + block).toArray()));
  }

  private static float[] floats(DoubleStream values) {
    double[] wide = values.toArray();
    float[] x = new float[wide.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) wide[i];
    }
    return x;
  }

  private static void compare(FloatFunction function, float[] values) {
    float[] x = Arrays.copyOf(values, values.length + F32.length());
    float[] y = new float[x.length];
    for (int i = 0; i < values.length; i += F32.length()) {
      function.vector.apply(FloatVector.fromArray(F32, x, i)).intoArray(y, i);
    }
    for (int i = 0; i < values.length; i++) {
      int expected = Float.floatToIntBits(function.twin.apply(x[i]));
      if (Float.floatToIntBits(y[i]) != expected) {
        assertEquals(Float.intBitsToFloat(expected), y[i], function + "(" + x[i] + ")");
      }
    }
  }

  private static void compare(DoubleFunction function, double[] values) {
    double[] x = Arrays.copyOf(values, values.length + F64.length());
    double[] y = new double[x.length];
    for (int i = 0; i < values.length; i += F64.length()) {
      function.vector.apply(DoubleVector.fromArray(F64, x, i)).intoArray(y, i);
    }
    for (int i = 0; i < values.length; i++) {
      long expected = Double.doubleToLongBits(function.twin.applyAsDouble(x[i]));
      if (Double.doubleToLongBits(y[i]) != expected) {
        assertEquals(Double.longBitsToDouble(expected), y[i], function + "(" + x[i] + ")");
      }
    }
  }
}
