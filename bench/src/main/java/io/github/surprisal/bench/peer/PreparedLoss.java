package io.github.surprisal.bench.peer;

/** A loss with its inputs where the library wants them, to be run again and again. */
public interface PreparedLoss extends AutoCloseable {

  /** The mean loss alone. */
  double loss();

  /** The mean loss and its gradient by the predictions, which stays in the library's memory. */
  double lossAndGradient();

  /**
   * Loss and gradient of these predictions, with the gradient in an array: both copies count. Not called of
   * a peer that {@linkplain Peer#usesArrays uses arrays} anyway.
   */
  default double lossAndGradient(float[] predictions, float[] gradient) {
    throw new UnsupportedOperationException("the inputs are arrays anyway");
  }

  /** Copies the gradient of the last call out. */
  void readGradient(float[] gradient);

  /** Releases what is not on the heap. */
  @Override
  default void close() {}
}
