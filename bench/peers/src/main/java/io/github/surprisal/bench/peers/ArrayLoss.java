package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;

/** A loss by a library that works on Java arrays. */
abstract class ArrayLoss implements PreparedLoss {
  final Workload workload;
  private final float[] lastGradient;

  ArrayLoss(Workload workload) {
    this.workload = workload;
    lastGradient = new float[workload.elements()];
  }

  @Override
  public double lossAndGradient() {
    return lossAndGradient(workload.predictions(), lastGradient);
  }

  @Override
  public void readGradient(float[] gradient) {
    System.arraycopy(lastGradient, 0, gradient, 0, lastGradient.length);
  }
}
