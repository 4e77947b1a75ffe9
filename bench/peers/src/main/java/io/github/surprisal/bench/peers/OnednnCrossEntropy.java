package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;

/**
 * Cross-entropy of N rows by oneDNN, which has softmax but no loss: the labels are read in Java.
 */
abstract class OnednnCrossEntropy extends ResidentLoss {
  final OnednnGraph graph;
  final OneHot labels;
  private final FloatBuffer predictions;

  /** softmax / N, in the end the gradient. */
  private final FloatBuffer gradient;

  final memory x;
  final memory scaledSoftmax;

  OnednnCrossEntropy(Workload workload) {
    graph = new OnednnGraph(workload.rows(), workload.columns());
    labels = OneHot.of(workload);
    x = graph.allocate();
    scaledSoftmax = graph.allocate();
    predictions = graph.numbers(x);
    gradient = graph.numbers(scaledSoftmax);
    writePredictions(workload.predictions());
  }

  /** Computes softmax / N, after the loss. */
  abstract void computeSoftmax();

  @Override
  public final double lossAndGradient() {
    double loss = loss();
    computeSoftmax();
    labels.subtractFrom(gradient);
    return loss;
  }

  /** The numbers of softmax / N. */
  final FloatBuffer softmax() {
    return gradient;
  }

  @Override
  final void writePredictions(float[] numbers) {
    predictions.put(0, numbers);
  }

  @Override
  public final void readGradient(float[] copy) {
    gradient.get(0, copy);
  }

  @Override
  public final void close() {
    graph.close();
  }
}
