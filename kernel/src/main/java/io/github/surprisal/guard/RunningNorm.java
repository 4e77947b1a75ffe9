package io.github.surprisal.guard;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/**
 * Mean and deviation of norms: of all at first, by Welford's recurrence, then with a decay. Roots
 * of variances are held, not variances, which norms of 1e200 would bring beyond the range.
 */
final class RunningNorm implements Serializable {
  private static final long serialVersionUID = 1;

  private long count;
  private double mean;

  /** In the warm-up the root of the sum of squared differences from the mean. */
  private double root;

  private double deviation;

  /** Takes in a norm; the first {@code warmUp} ones count alike. */
  void add(double norm, int warmUp, double decay) {
    double difference = norm - mean;
    if (count < warmUp) {
      count++;
      mean += difference / count;
      root = hypot(root, Math.abs(difference) * Math.sqrt((count - 1.0) / count));
      deviation = root / Math.sqrt(count);
    } else {
      count++;
      mean = decay * mean + (1 - decay) * norm;
      deviation = hypot(Math.sqrt(decay) * deviation, Math.sqrt(1 - decay) * Math.abs(norm - mean));
    }
  }

  /** The root of a^2 + b^2 of numbers from 0 on; the same bits in every JVM. */
  private static double hypot(double a, double b) {
    double larger = Math.max(a, b);
    double ratio = larger == 0 ? 0 : Math.min(a, b) / larger;
    return larger * Math.sqrt(1 + ratio * ratio);
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return deviation;
  }

  private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
    stream.defaultReadObject();
    boolean holds =
        count >= 0
            && mean >= 0
            && mean <= Double.MAX_VALUE
            && root >= 0
            && deviation >= 0
            && deviation <= Double.MAX_VALUE;
    if (!holds) {
      throw new InvalidObjectException("mean of norms " + mean + ", deviation " + deviation);
    }
  }
}
