package io.github.surprisal.bench.peer;

/**
 * No library: the least that a loss and its gradient could cost, which is to read the inputs and to
 * write as much as the gradient. Rows are copied; for prediction and target it is c = a + b.
 */
public final class Traffic implements Peer {

  /** Made by the service loader. */
  public Traffic() {}

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public String description() {
    return "memory traffic alone: System.arraycopy of the logits, or c = a + b";
  }

  @Override
  public boolean has(String loss) {
    return true;
  }

  @Override
  public boolean computes() {
    return false;
  }

  @Override
  public boolean usesArrays() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload w, int threads) {
    float[] to = new float[w.elements()];
    return new PreparedLoss() {
      @Override
      public double loss() {
        return lossAndGradient();
      }

      @Override
      public double lossAndGradient() {
        if (w.targets() == null) {
          System.arraycopy(w.predictions(), 0, to, 0, to.length);
        } else {
          VectorLoops.add(w.predictions(), w.targets(), to);
        }
        return to[0];
      }

      @Override
      public void readGradient(float[] gradient) {
        System.arraycopy(to, 0, gradient, 0, to.length);
      }
    };
  }
}
