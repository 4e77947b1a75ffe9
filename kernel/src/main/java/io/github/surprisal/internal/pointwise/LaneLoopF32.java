package io.github.surprisal.internal.pointwise;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.loop.Loop;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * The loop of all pointwise losses: out[from + i] = factor f(element i of the block). It never runs
 * itself: {@link LoopCopies} makes a copy of this class for each class of formulas and each step.
 * In a copy the step is a constant and the formula has one class, so that the compiler inlines it
 * as if it were written here.
 */
final class LaneLoopF32 {
  private static final Step STEP = Loop.constants(MethodHandles.lookup(), Step.VALUE);

  private LaneLoopF32() {}

  static void run(BlockF32 block) {
    FormulaF32 formula = (FormulaF32) block.formula;
    float[] out = block.out;
    int from = block.outFrom;
    int n = block.length;
    float[] predictions = block.predictions.array;
    float[] targets = block.targets.array;
    float[] arrayA = block.a;
    float[] arrayB = block.b;
    float[] arrayC = block.c;
    int atP = block.predictions.from;
    int atT = block.targets.from;
    FloatVector scale = broadcast(F32, block.factor);
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector p = fromArray(F32, predictions, atP + i);
      FloatVector t = fromArray(F32, targets, atT + i);
      FloatVector a = fromArray(F32, arrayA, i);
      FloatVector b = fromArray(F32, arrayB, i);
      FloatVector c = fromArray(F32, arrayC, i);
      FloatVector y;
      // No switch, which would look STEP up: as a constant it leaves one of these to compile. No
      // method: compiled before this one, to more than 2500 bytes, C2 would not inline it.
      if (STEP == Step.FIRST) {
        y = formula.first(p, t);
      } else if (STEP == Step.SECOND) {
        y = formula.second(p, t, a);
      } else if (STEP == Step.THIRD) {
        y = formula.third(p, t, a, b);
      } else if (STEP == Step.VALUE) {
        y = formula.value(p, t);
      } else if (STEP == Step.SLOPE) {
        y = formula.slope(p, t);
      } else if (STEP == Step.CURVATURE) {
        y = formula.curvature(p, t);
      } else if (STEP == Step.VALUE_OF_INTERMEDIATES) {
        y = formula.value(p, t, a, b, c);
      } else if (STEP == Step.SLOPE_OF_INTERMEDIATES) {
        y = formula.slope(p, t, a, b, c);
      } else if (STEP == Step.CURVATURE_OF_INTERMEDIATES) {
        y = formula.curvature(p, t, a, b, c);
      } else {
        y = formula.parameterSlope(p, t, a, b, c);
      }
      y.mul(scale).intoArray(out, from + i);
    }
  }
}
