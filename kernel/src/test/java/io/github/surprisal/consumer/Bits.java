package io.github.surprisal.consumer;

import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.Simd;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.Sparsemax;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Prints the bits of losses, of functions of rows and of guards: a program on the public API alone,
 * for tests that compare what different JVMs print. An argument limits the number of classes, or of
 * elements of a gradient.
 */
public final class Bits {
  private static final int[] CLASSES =
      IntStream.concat(
              IntStream.rangeClosed(1, 35),
              IntStream.of(47, 48, 49, 63, 64, 65, 100, 1000, 2047, 2048, 2049, 5000))
          .toArray();
  private static final List<Formula> POINTWISE =
      List.of(new SquaredError(), new Huber(), new BinaryCrossEntropyWithLogits(2, 0));
  private static final List<RowLoss> SCORES =
      List.of(
          MultiMargin.builder().build(),
          MultiMargin.builder().p(2).build(),
          CrammerSinger.builder().build(),
          SparsemaxLoss.builder().build());
  private static final List<RowFunction> FUNCTIONS =
      List.of(
          Softmax.builder().temperature(0.7).build(),
          LogSoftmax.builder().build(),
          new LogCumSumExp(),
          new Sparsemax());
  private static final int ROWS = 3;
  private static final int IGNORED = -100;
  private static final int PER_LINE = 8;

  private final StringBuilder text = new StringBuilder();
  private final int classes;
  private final double[] logits;
  private final double[] probabilities;
  private final double[] classWeights;
  private final int[] labels;

  private Bits(int classes) {
    var random = new SplittableRandom(classes);
    this.classes = classes;
    logits = random.doubles(ROWS * classes, -6, 6).toArray();
    // Row 1 spans the whole range: exponentials that vanish and classes that are impossible.
    for (int c = 0; c < classes; c++) {
      double x = logits[classes + c];
      logits[classes + c] = c % 7 == 3 ? Double.NEGATIVE_INFINITY : x * 30;
    }
    probabilities = random.doubles(ROWS * classes, 0, 2.0 / classes).toArray();
    classWeights = random.doubles(classes, 0.5, 2).toArray();
    labels = random.ints(ROWS, 0, classes).toArray();
    labels[1] = 0;
  }

  /** Prints whether vectors answer, then every result. */
  public static void main(String[] most) {
    System.out.println("vectors=" + Simd.enabled());
    System.out.print(text(most.length == 0 ? Integer.MAX_VALUE : Integer.parseInt(most[0])));
  }

  /** The results of all numbers of classes up to {@code most}, a line for some numbers each. */
  static String text(int most) {
    var text = new StringBuilder();
    IntStream.of(CLASSES)
        .filter(classes -> classes <= most)
        .forEach(classes -> text.append(new Bits(classes).results()));
    return text.append(OptionBits.text(most)).append(GuardBits.text(most)).toString();
  }

  private String results() {
    var plain = CrossEntropy.builder().build();
    var smooth = CrossEntropy.builder().labelSmoothing(0.1).reduction(Reduction.SUM).build();
    var weighted = CrossEntropy.builder().labelSmoothing(0.1).classWeights(classWeights).build();
    results("plain", plain, false);
    results("smooth", smooth, false);
    results("weighted", weighted, false);
    results("probabilities", weighted, true);
    labels[0] = IGNORED;
    results("masked", plain, false);
    for (RowLoss loss : SCORES) {
      results(loss.toString(), loss, false);
    }
    for (Formula formula : POINTWISE) {
      pointwise(formula);
    }
    for (RowFunction function : FUNCTIONS) {
      function(function);
    }
    return text.toString();
  }

  /** The probabilities stand for an upstream gradient, and for what was saved. */
  private void function(RowFunction function) {
    String title = function + " of " + classes + " classes";
    float[] y = new float[ROWS * classes];
    function.forward(floats(logits), classes, y);
    print(title, "float32", y);
    function.backward(floats(logits), floats(probabilities), classes, y);
    print(title, "gradient", y);
    double[] wide = new double[ROWS * classes];
    function.forward(logits, classes, wide);
    print(title, "float64", wide);
    function.backward(probabilities, logits, classes, wide);
    print(title, "gradient", wide);
  }

  private void pointwise(Formula formula) {
    var loss = PointwiseLoss.builder(formula).build();
    int n = ROWS * classes;
    float[] gradient = new float[n];
    String title = formula + ", " + n + " elements";
    print(title, "float32", loss.lossAndGradient(floats(logits), floats(probabilities), gradient));
    print(title, "gradient", gradient);
    double[] wide = new double[n];
    print(title, "float64", loss.lossAndGradient(logits, probabilities, wide));
    print(title, "gradient", wide);
  }

  private void results(String name, RowLoss loss, boolean dense) {
    float32(name, loss, dense);
    float64(name, loss, dense);
  }

  private void float32(String name, RowLoss loss, boolean dense) {
    var x = Matrix.of(floats(logits), ROWS, classes);
    var batch = dense ? Batch.of(x, Matrix.of(floats(probabilities), ROWS, classes)) : null;
    float[] losses = new float[ROWS];
    float[] gradient = new float[ROWS * classes];
    double mean =
        loss.lossAndGradient(
            (dense ? batch : Batch.of(x, labels)).losses(losses),
            Matrix.of(gradient, ROWS, classes));
    String title = name + ", float32, " + classes + " classes";
    print(title, "loss", mean);
    print(title, "losses", losses);
    print(title, "gradient", gradient);
  }

  private void float64(String name, RowLoss loss, boolean dense) {
    var x = Matrix.of(logits, ROWS, classes);
    var batch = dense ? Batch.of(x, Matrix.of(probabilities, ROWS, classes)) : null;
    double[] losses = new double[ROWS];
    double[] gradient = new double[ROWS * classes];
    double mean =
        loss.lossAndGradient(
            (dense ? batch : Batch.of(x, labels)).losses(losses),
            Matrix.of(gradient, ROWS, classes));
    String title = name + ", float64, " + classes + " classes";
    print(title, "loss", mean);
    print(title, "losses", losses);
    print(title, "gradient", gradient);
  }

  static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  private void print(String title, String what, double... values) {
    for (int i = 0; i < values.length; i++) {
      separate(title, what, i);
      text.append(HexFormat.of().toHexDigits(Double.doubleToLongBits(values[i])));
    }
    text.append('\n');
  }

  private void print(String title, String what, float[] values) {
    for (int i = 0; i < values.length; i++) {
      separate(title, what, i);
      text.append(HexFormat.of().toHexDigits(Float.floatToIntBits(values[i])));
    }
    text.append('\n');
  }

  private void separate(String title, String what, int i) {
    if (i % PER_LINE == 0) {
      text.append(i == 0 ? "" : "\n");
      text.append(title).append(", ").append(what).append(" from ").append(i).append(':');
    }
    text.append(' ');
  }
}
