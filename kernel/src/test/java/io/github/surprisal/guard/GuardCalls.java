package io.github.surprisal.guard;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A call of everything that guards, in both types, for tests of what calls leave behind. */
public final class GuardCalls {
  private static final int N = 5000; // two blocks and a part

  private GuardCalls() {}

  /** Calls by name; each changes its arrays, and brings back what the next call is to clip. */
  public static Map<String, Runnable> all() {
    var calls = new LinkedHashMap<String, Runnable>();
    for (double special : new double[] {1, 0, 1e-310, Double.NaN}) {
      add(calls, special);
    }
    return calls;
  }

  private static void add(Map<String, Runnable> calls, double special) {
    float[] x = Samples.gaussian(1, N, 1);
    double[] y = Samples.gaussianF64(1, N, 1);
    x[N / 2] = (float) special;
    y[N / 2] = special;
    float[][] xs = {x, Samples.gaussian(2, 77, 1)};
    double[][] ys = {y, Samples.gaussianF64(2, 77, 1)};
    var scan = new ArrayScan();
    var result = new ClipResult();
    String of = " with " + special;
    calls.put("scan, float" + of, () -> scan.of(x));
    calls.put("scan, double" + of, () -> scan.of(y));
    var turn = new AtomicInteger();
    for (Norm norm : Norm.values()) {
      for (NonFinite policy : new NonFinite[] {NonFinite.SKIP, NonFinite.CLIP_FINITE}) {
        var low = new ClipByNorm(1, norm, policy);
        // Norms go up and down: every call clips, and gradients neither vanish nor grow.
        calls.put(
            low + of,
            () -> {
              x[0] = turn.incrementAndGet() & 7;
              low.clip(xs, result);
              low.clip(x, result);
            });
        calls.put(
            low + ", double" + of,
            () -> {
              y[0] = turn.incrementAndGet() & 7;
              low.clip(ys, result);
              low.clip(y, result);
            });
      }
    }
    var value = new ClipByValue(0.5);
    calls.put(
        "value, float" + of,
        () -> {
          Arrays.fill(x, 0, 9, 1);
          value.clip(xs, result);
          value.clip(x, result);
        });
    calls.put(
        "value, double" + of,
        () -> {
          Arrays.fill(y, 0, 9, 1);
          value.clip(ys, result);
          value.clip(y, result);
        });
    var outlier = ClipByZScore.builder().warmUp(2).build();
    calls.put(
        "z-score, float" + of,
        () -> {
          x[0] = turn.incrementAndGet() & 7;
          outlier.clip(xs, result);
          outlier.clip(x, result);
        });
    calls.put(
        "z-score, double" + of,
        () -> {
          y[0] = turn.incrementAndGet() & 7;
          outlier.clip(ys, result);
          outlier.clip(y, result);
        });
    var scaling = LossScaling.builder().growthInterval(2).build();
    calls.put("scaling" + of, () -> scaling.step((turn.incrementAndGet() & 3) > 0));
    var unit = new ClipByUnit(0.01);
    float[] w = Samples.gaussian(3, N, 1);
    double[] v = Samples.gaussianF64(3, N, 1);
    calls.put(
        "unit, float" + of,
        () -> {
          Arrays.fill(x, 0, 9, 1);
          unit.clip(w, x, 5, result);
        });
    calls.put(
        "unit, double" + of,
        () -> {
          Arrays.fill(y, 0, 9, 1);
          unit.clip(v, y, 5, result);
        });
  }
}
