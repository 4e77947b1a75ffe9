package io.github.surprisal.consumer;

import io.github.surprisal.guard.ArrayScan;
import io.github.surprisal.guard.ClipByNorm;
import io.github.surprisal.guard.ClipByUnit;
import io.github.surprisal.guard.ClipByValue;
import io.github.surprisal.guard.ClipByZScore;
import io.github.surprisal.guard.ClipResult;
import io.github.surprisal.guard.NonFinite;
import io.github.surprisal.guard.Norm;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The bits of what guards find in gradients and make of them, a line each, with a hash. */
final class GuardBits {
  private static final int[] SIZES = {1, 15, 16, 17, 33, 40, 100, 2047, 2048, 2049, 5000};

  /** What some elements are; ordinary, small, far apart and not finite. */
  private static final double[] SPECIALS = {1, -0.0, 1e-42, 1e-310, 1e30, 1e200, Double.NaN};

  private final StringBuilder text = new StringBuilder();
  private final ArrayScan scan = new ArrayScan();
  private final ClipResult result = new ClipResult();
  private final double[] gradient;
  private final double[] parameters;
  private final String title;

  private GuardBits(int n, double special) {
    var random = new SplittableRandom(n);
    gradient = random.doubles(n, -3, 3).toArray();
    parameters = random.doubles(n, -3, 3).toArray();
    for (int i = n / 2; i < n; i += 1 + n / 3) {
      gradient[i] = special;
    }
    title = n + " elements with " + special + ", ";
  }

  /** Lines for each kind of elements, up to {@code most} of them. */
  static String text(int most) {
    var text = new StringBuilder();
    IntStream.of(SIZES)
        .filter(n -> n <= most)
        .forEach(n -> {
          for (double special : SPECIALS) {
            text.append(new GuardBits(n, special).results());
          }
        });
    return text.toString();
  }

  private String results() {
    line("scan, float32", scan.of(Bits.floats(gradient)), 0);
    line("scan, float64", scan.of(gradient), 0);
    for (Norm norm : Norm.values()) {
      for (NonFinite policy : new NonFinite[] {NonFinite.SKIP, NonFinite.CLIP_FINITE}) {
        var clip = new ClipByNorm(0.7, norm, policy);
        float[] x = Bits.floats(gradient);
        line(clip + ", float32", clip.clip(x, result), Arrays.hashCode(x));
        double[] y = gradient.clone();
        line(clip + ", float64", clip.clip(y, result), Arrays.hashCode(y));
      }
    }
    var value = new ClipByValue(0.7, NonFinite.CLIP_FINITE);
    float[] x = Bits.floats(gradient);
    line("value, float32", value.clip(x, result), Arrays.hashCode(x));
    double[] y = gradient.clone();
    line("value, float64", value.clip(y, result), Arrays.hashCode(y));
    outliers();
    var unit = new ClipByUnit(0.01);
    x = Bits.floats(gradient);
    line("unit, float32", unit.clip(Bits.floats(parameters), x, 1, result), Arrays.hashCode(x));
    y = gradient.clone();
    line("unit, float64", unit.clip(parameters, y, 1, result), Arrays.hashCode(y));
    return text.toString();
  }

  /** Norms that go up and down, by what those before were. */
  private void outliers() {
    var clip = ClipByZScore.builder().warmUp(2).nonFinite(NonFinite.CLIP_FINITE).build();
    for (int i = 0; i < 6; i++) {
      double size = 1 + i * i % 5;
      float[] x = Bits.floats(Arrays.stream(gradient).map(g -> size * g).toArray());
      line("z-score " + i, clip.clip(x, result), Arrays.hashCode(x));
    }
    line("z-scores", clip, 0);
  }

  private void line(String what, Object found, int hash) {
    text.append(title).append(what).append(": ").append(found).append(' ').append(hash);
    text.append('\n');
  }
}
