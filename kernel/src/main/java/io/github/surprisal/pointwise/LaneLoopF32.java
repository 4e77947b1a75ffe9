package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.surprisal.formula.FormulaF32;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * The loop of all pointwise losses. It never runs itself: {@link LoopCopies} makes a copy of this
 * class for each class of formulas and each step. In a copy the step is a constant and the formula
 * has one class, so that the compiler inlines it as if it were written here.
 */
final class LaneLoopF32 {
  private static final Step STEP = LoopCopies.step(MethodHandles.lookup());

  private LaneLoopF32() {}

  /** out[from + i] = factor f(element i of the block). */
  static void run(FormulaF32 formula, BlockF32 block, float factor, float[] out, int from) {
    int n = block.length;
    float[] predictions = block.predictions.array;
    float[] targets = block.targets.array;
    float[] a = block.a;
    float[] b = block.b;
    float[] c = block.c;
    int p = block.predictions.from;
    int t = block.targets.from;
    FloatVector scale = broadcast(F32, factor);
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector y =
          apply(
              formula,
              fromArray(F32, predictions, p + i),
              fromArray(F32, targets, t + i),
              fromArray(F32, a, i),
              fromArray(F32, b, i),
              fromArray(F32, c, i));
      y.mul(scale).intoArray(out, from + i);
    }
  }

  private static FloatVector apply(
      FormulaF32 formula,
      FloatVector p,
      FloatVector t,
      FloatVector a,
      FloatVector b,
      FloatVector c) {
    // Not a switch, which would look STEP up: as a constant it leaves one of these to compile.
    if (STEP == Step.FIRST) {
      return formula.first(p, t);
    } else if (STEP == Step.SECOND) {
      return formula.second(p, t, a);
    } else if (STEP == Step.THIRD) {
      return formula.third(p, t, a, b);
    } else if (STEP == Step.VALUE) {
      return formula.value(p, t);
    } else if (STEP == Step.SLOPE) {
      return formula.slope(p, t);
    } else if (STEP == Step.CURVATURE) {
      return formula.curvature(p, t);
    } else if (STEP == Step.VALUE_OF_INTERMEDIATES) {
      return formula.value(p, t, a, b, c);
    } else if (STEP == Step.SLOPE_OF_INTERMEDIATES) {
      return formula.slope(p, t, a, b, c);
    } else if (STEP == Step.CURVATURE_OF_INTERMEDIATES) {
      return formula.curvature(p, t, a, b, c);
    }
    return formula.parameterSlope(p, t, a, b, c);
  }
}
