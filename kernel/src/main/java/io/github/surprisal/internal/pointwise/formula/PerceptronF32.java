package io.github.surprisal.internal.pointwise.formula;

import io.github.surprisal.pointwise.Perceptron;

/** The hinge of margin 0. */
public final class PerceptronF32 extends HingeF32 {
  public PerceptronF32(Perceptron loss) {
    super(0f);
  }
}
