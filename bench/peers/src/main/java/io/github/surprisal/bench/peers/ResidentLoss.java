package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.PreparedLoss;

/** A loss in the library's own memory, to which arrays are copied, and from there back. */
abstract class ResidentLoss implements PreparedLoss {
  /** Copies predictions to the library. */
  abstract void writePredictions(float[] predictions);

  @Override
  public final double lossAndGradient(float[] predictions, float[] gradient) {
    writePredictions(predictions);
    double loss = lossAndGradient();
    readGradient(gradient);
    return loss;
  }
}
