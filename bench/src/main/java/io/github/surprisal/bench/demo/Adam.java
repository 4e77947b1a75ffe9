package io.github.surprisal.bench.demo;

/**
 * The optimiser of Kingma and Ba (2015), with its usual decay rates 0.9 and 0.999, and the decay of
 * the parameters themselves that Loshchilov and Hutter (2019) add to each step.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic Optimization</a>
 * @see <a href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay Regularization</a>
 */
final class Adam {
  private static final float FIRST = 0.9f;
  private static final float SECOND = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[] mean;
  private final float[] square;
  private final double weightDecay;
  private int steps;

  Adam(int parameters) {
    this(parameters, 0);
  }

  /** In each step a parameter loses the part {@code rate * weightDecay} of itself. */
  Adam(int parameters, double weightDecay) {
    this.weightDecay = weightDecay;
    mean = new float[parameters];
    square = new float[parameters];
  }

  /** Moves the parameters one step against the gradient. */
  void step(float[] parameters, float[] gradient, double rate) {
    steps++;
    float scale = (float) (1 / Math.sqrt(1 - Math.pow(SECOND, steps)));
    float step = (float) (rate / (1 - Math.pow(FIRST, steps)));
    float kept = (float) (1 - rate * weightDecay);
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      mean[i] += (1 - FIRST) * (g - mean[i]);
      square[i] += (1 - SECOND) * (g * g - square[i]);
      float move = step * mean[i] / ((float) Math.sqrt(square[i]) * scale + EPSILON);
      parameters[i] = kept * parameters[i] - move;
    }
  }
}
