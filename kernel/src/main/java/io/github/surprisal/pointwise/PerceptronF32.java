package io.github.surprisal.pointwise;

import io.github.surprisal.Perceptron;

/** The hinge of margin 0. */
public final class PerceptronF32 extends HingeF32 {
  public PerceptronF32(Perceptron loss) {
    super(0f);
  }
}
