package io.github.surprisal.internal.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.EveryFormula;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.pointwise.formula.HuberF32Twin;
import io.github.surprisal.internal.pointwise.formula.SquaredErrorF32Twin;
import io.github.surprisal.pointwise.Huber;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies of the loop: one for each formula and step, with the same bits in vectors and without. */
class LoopsTest {
  static List<Formula> formulas() {
    return EveryFormula.list();
  }

  /** Magnitudes of every kind, and what is not finite. */
  private static double[] draw(long seed, double scale) {
    var random = new SplittableRandom(seed);
    double[] values = new double[BlockF32.LENGTH];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float) (scale * random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-4, 4)));
    }
    double[] special = {
      0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-45, 3e38
    };
    System.arraycopy(special, 0, values, 16, special.length);
    return values;
  }

  private static List<Step> steps(int intermediates, boolean parameter) {
    var steps = new ArrayList<Step>();
    if (intermediates >= 1 && !parameter) {
      steps.add(Step.FIRST);
    }
    if (intermediates >= 2) {
      steps.add(Step.SECOND);
    }
    if (intermediates >= 3) {
      steps.add(Step.THIRD);
    }
    steps.addAll(List.of(Step.VALUE, Step.SLOPE, Step.CURVATURE));
    return steps;
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void vectorsHaveTheBitsOfTheTwinInFloat32(Formula formula) {
    for (double scale : new double[] {1, 1e-3, 100}) {
      var vectors = new BlockF32();
      var twins = new BlockF32();
      float[] p = EveryFormula.floats(draw(1, scale));
      float[] t = EveryFormula.floats(draw(2, 1));
      float[] parameter = EveryFormula.floats(draw(3, 1));
      for (var block : List.of(vectors, twins)) {
        block.predictions.array = p;
        block.targets.array = t;
        block.length = BlockF32.LENGTH;
        System.arraycopy(parameter, 0, block.a, 0, BlockF32.LENGTH);
      }
      var simd = LoopsF32.of(formula, true);
      var scalar = LoopsF32.of(formula, false);
      for (Step step : steps(simd.intermediates(), formula.parameterName() != null)) {
        float[] expected = out(vectors, step);
        float[] actual = out(twins, step);
        simd.run(step, vectors, 0.75f, expected, 0);
        scalar.run(step, twins, 0.75f, actual, 0);
        assertArrayEquals(expected, actual, step + " of " + formula);
      }
    }
  }

  private static float[] out(BlockF32 block, Step step) {
    return switch (step) {
      case FIRST -> block.a;
      case SECOND -> block.b;
      case THIRD -> block.c;
      default -> new float[BlockF32.LENGTH];
    };
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void vectorsHaveTheBitsOfTheTwinInFloat64(Formula formula) {
    var vectors = new BlockF64();
    var twins = new BlockF64();
    for (var block : List.of(vectors, twins)) {
      block.predictions.array = draw(1, 30);
      block.targets.array = draw(2, 1);
      block.length = BlockF64.LENGTH;
      System.arraycopy(draw(3, 1), 0, block.a, 0, BlockF64.LENGTH);
    }
    var simd = LoopsF64.of(formula, true);
    var scalar = LoopsF64.of(formula, false);
    for (Step step : steps(simd.intermediates(), formula.parameterName() != null)) {
      double[] expected = out(vectors, step);
      double[] actual = out(twins, step);
      simd.run(step, vectors, 0.75, expected, 0);
      scalar.run(step, twins, 0.75, actual, 0);
      assertArrayEquals(expected, actual, step + " of " + formula);
    }
  }

  private static double[] out(BlockF64 block, Step step) {
    return switch (step) {
      case FIRST -> block.a;
      case SECOND -> block.b;
      case THIRD -> block.c;
      default -> new double[BlockF64.LENGTH];
    };
  }

  @Test
  void everyFormulaAndStepHasACopyOfItsOwn() {
    var huber = copy(Step.VALUE, HuberF32Twin.class);
    assertSame(huber, copy(Step.VALUE, HuberF32Twin.class));
    assertNotSame(huber, copy(Step.SLOPE, HuberF32Twin.class));
    assertNotSame(huber, copy(Step.VALUE, SquaredErrorF32Twin.class));
  }

  private static Loop<BlockF32> copy(Step step, Class<?> formula) {
    return LoopCopies.of(LaneLoopF32Twin.class, BlockF32.class, step, formula);
  }

  @Test
  void whatAFormulaLacksIsNamed() {
    var huber = LoopsF32.of(new Huber(1), false);
    var block = new BlockF32();
    block.predictions.array = new float[16];
    block.targets.array = new float[16];
    block.length = 16;
    assertEquals(
        "HuberF32Twin has no parameterSlope",
        assertThrows(
                UnsupportedOperationException.class,
                () -> huber.run(Step.PARAMETER_SLOPE, block, 1, new float[16], 0))
            .getMessage());
  }
}
