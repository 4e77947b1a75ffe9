package io.github.surprisal.consumer;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.formula.FormulaF32Twin;
import io.github.surprisal.pointwise.PointwiseLoss;
import jdk.incubator.vector.FloatVector;

/** Prints what a formula of one's own computes, with and without a form that is no vector's. */
final class OwnFormula {
  private OwnFormula() {}

  /** Any argument asks for the form without vectors. */
  public static void main(String[] arguments) {
    var loss =
        PointwiseLoss.builder(arguments.length == 0 ? new InVectors() : new InNumbers()).build();
    System.out.println(loss.loss(new float[] {1, 2}, new float[] {4, 6}));
  }

  record InVectors() implements Formula {
    @Override
    public FormulaF32 float32() {
      return new DifferenceF32();
    }
  }

  record InNumbers() implements Formula {
    @Override
    public FormulaF32 float32() {
      return new DifferenceF32();
    }

    @Override
    public FormulaF32Twin float32Twin() {
      return new Difference();
    }
  }

  record DifferenceF32() implements FormulaF32 {
    @Override
    public FloatVector value(FloatVector p, FloatVector t) {
      return t.sub(p);
    }
  }

  record Difference() implements FormulaF32Twin {
    @Override
    public float value(float p, float t) {
      return t - p;
    }
  }
}
