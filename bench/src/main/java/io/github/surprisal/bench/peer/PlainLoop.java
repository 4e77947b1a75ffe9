package io.github.surprisal.bench.peer;

import static io.github.surprisal.bench.peer.VectorLoops.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.surprisal.formula.LanesF32;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The yardstick: cross-entropy of labels as one writes it with the Vector API in an hour, a row at
 * a time in three loops, rows shorter than a vector without vectors. It has no options and promises
 * nothing of infinities, of equal bits or of an error; whatever this library promises should not
 * make it slower than this.
 */
public final class PlainLoop implements Peer {
  private static final int LENGTH = F32.length();

  /** From element k on, k ones at the end of a vector. */
  private static final float[] LAST_LANES = new float[2 * LENGTH];

  static {
    Arrays.fill(LAST_LANES, LENGTH, 2 * LENGTH, 1);
  }

  /** Made by the service loader. */
  public PlainLoop() {}

  @Override
  public String name() {
    return "plain-loop";
  }

  @Override
  public String description() {
    return "the yardstick: some 40 lines with the Vector API in float32, three loops a row";
  }

  @Override
  public boolean has(String loss) {
    return loss.equals("cross_entropy");
  }

  @Override
  public boolean usesArrays() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload w, int threads) {
    return new Rows(w.predictions(), w.labels(), w.columns(), new float[w.elements()]);
  }

  private record Rows(float[] logits, int[] labels, int classes, float[] gradient)
      implements PreparedLoss {
    /** Writes to the gradient's memory too, where the exponentials go. */
    @Override
    public double loss() {
      return evaluate(false);
    }

    @Override
    public double lossAndGradient() {
      return evaluate(true);
    }

    private double evaluate(boolean withGradient) {
      double total = 0;
      for (int row = 0; row < labels.length; row++) {
        int from = row * classes;
        int to = from + classes;
        int label = from + labels[row];
        float max = max(logits, from, to);
        float sum = exponentials(logits, max, gradient, from, to);
        total += max + Math.log(sum) - logits[label];
        if (withGradient) {
          scale(gradient, 1 / (sum * labels.length), from, to);
          gradient[label] -= 1f / labels.length;
        }
      }
      return total / labels.length;
    }

    @Override
    public void readGradient(float[] into) {
      System.arraycopy(gradient, 0, into, 0, into.length);
    }
  }

  // Compare and blend, since max() takes longer over NaN and -0.
  private static float max(float[] x, int from, int to) {
    if (to - from < LENGTH) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        max = Math.max(max, x[i]);
      }
      return max;
    }
    FloatVector most = fromArray(F32, x, to - LENGTH);
    for (int i = from; i <= to - LENGTH; i += LENGTH) {
      var v = fromArray(F32, x, i);
      most = most.blend(v, v.compare(GT, most));
    }
    return most.reduceLanes(MAX);
  }

  /** e = exp(x - max); gives their sum. */
  private static float exponentials(float[] x, float max, float[] e, int from, int to) {
    if (to - from < LENGTH) {
      float sum = 0;
      for (int i = from; i < to; i++) {
        e[i] = (float) Math.exp(x[i] - max);
        sum += e[i];
      }
      return sum;
    }
    FloatVector sum = broadcast(F32, 0);
    int i = from;
    for (; i <= to - LENGTH; i += LENGTH) {
      var v = LanesF32.expNonPositive(fromArray(F32, x, i).sub(max));
      v.intoArray(e, i);
      sum = sum.add(v);
    }
    if (i < to) { // a last vector that overlaps, since masks were put in boxes in some JVMs
      var v = LanesF32.expNonPositive(fromArray(F32, x, to - LENGTH).sub(max));
      v.intoArray(e, to - LENGTH);
      sum = v.fma(fromArray(F32, LAST_LANES, to - i), sum);
    }
    return sum.reduceLanes(ADD);
  }

  // The JIT compiler makes vectors of it.
  private static void scale(float[] e, float factor, int from, int to) {
    for (int i = from; i < to; i++) {
      e[i] *= factor;
    }
  }
}
