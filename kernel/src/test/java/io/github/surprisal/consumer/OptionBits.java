package io.github.surprisal.consumer;

import io.github.surprisal.Matrix;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.RowStatistics;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SoftmaxLoss;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The bits of losses of a softmax with their options, and of distillations, of rows as long as
 * those at which kernels change their way: a line each, with a hash of the gradient.
 */
final class OptionBits {
  private static final int[] CLASSES = {1, 16, 17, 33, 64, 65, 100, 1000, 2048, 2049, 2064, 5000};
  private static final int ROWS = 5;

  /** Labels with every option, and some together. */
  private static final List<SoftmaxLoss> OF_LABELS =
      List.of(
          CrossEntropy.builder().temperature(0.7).build(),
          CrossEntropy.builder().temperature(0.7).labelSmoothing(0.1).build(),
          CrossEntropy.builder().softcap(5).build(),
          CrossEntropy.builder().zLoss(0.01).build(),
          CrossEntropy.builder().entropyWeight(0.3).build(),
          CrossEntropy.builder().temperature(0.7).softcap(9).entropyWeight(0.3).zLoss(0.1).build(),
          SoftmaxFocal.builder().gamma(1.5).temperature(2).build(),
          PolyLoss.builder().build(),
          GeneralizedCrossEntropy.builder().build());

  private static final List<Distillation.Builder> DIVERGENCES =
      List.of(
          Distillation.builder(),
          Distillation.builder().temperature(2).teacherTemperature(1.5),
          Distillation.builder().divergence(new Divergence.ReverseKl()),
          Distillation.builder().divergence(new Divergence.JensenShannon(0.3)),
          Distillation.builder().divergence(new Divergence.TotalVariation()));

  private final StringBuilder text = new StringBuilder();
  private final int classes;
  private final boolean floats;
  private final double[] logits;
  private final double[] probabilities;
  private final double[] near;
  private final double[] far;
  private final int[] labels;
  private final long[] allowed;

  private OptionBits(int classes, boolean floats) {
    var random = new SplittableRandom(classes);
    this.classes = classes;
    this.floats = floats;
    logits = random.doubles(ROWS * classes, -6, 6).toArray();
    for (int c = 0; c < classes; c++) {
      // Ties, and a row that spans the whole range.
      logits[classes + c] = Math.rint(logits[classes + c] / 3);
      logits[2 * classes + c] *= 40;
    }
    logits[4 * classes + classes / 2] = Double.NaN;
    far = random.doubles(ROWS * classes, -6, 6).toArray();
    near = new double[ROWS * classes];
    Arrays.setAll(near, i -> logits[i] + 1e-3 * far[i]);
    probabilities = random.doubles(ROWS * classes, 0, 2.0 / classes).toArray();
    labels = random.ints(ROWS, 0, classes).toArray();
    allowed = random.longs((classes + 63) / 64).toArray();
    for (int label : labels) {
      allowed[label / 64] |= 1L << label;
    }
  }

  /** A line for each loss, of up to {@code most} classes. */
  static String text(int most) {
    var text = new StringBuilder();
    for (boolean floats : new boolean[] {true, false}) {
      IntStream.of(CLASSES)
          .filter(classes -> classes <= most)
          .forEach(classes -> text.append(new OptionBits(classes, floats).results()));
    }
    return text.toString();
  }

  private String results() {
    var batch = Batch.of(matrix(logits), labels);
    for (var loss : OF_LABELS) {
      loss(loss, batch);
    }
    statistics(CrossEntropy.builder().build(), batch);
    var all = OF_LABELS.get(5);
    statistics(all, batch.allowed(allowed));
    statistics(all, Batch.of(matrix(logits), matrix(probabilities)));
    loss(CrossEntropy.builder().build(), Batch.of(matrix(logits), matrix(probabilities)));
    loss(NegativeLogLikelihood.builder().build(), batch);
    for (double[] teacher : List.of(near, far)) {
      for (var divergence : DIVERGENCES) {
        for (double hard : new double[] {0, 0.3}) {
          loss(divergence.hardWeight(hard).build(), batch.teacher(matrix(teacher)));
        }
      }
    }
    top(batch);
    hessian(CrossEntropy.builder().temperature(2).labelSmoothing(0.1).build(), batch);
    logSumExp();
    return text.toString();
  }

  private Matrix matrix(double[] values) {
    int columns = values.length / ROWS;
    return floats
        ? Matrix.of(Bits.floats(values), ROWS, columns)
        : Matrix.of(values.clone(), ROWS, columns);
  }

  private static int hash(Matrix m) {
    return m.floats() != null ? Arrays.hashCode(m.floats()) : Arrays.hashCode(m.doubles());
  }

  private void line(Object name, double[] losses, Object... hashes) {
    text.append(name).append(floats ? ", float32, " : ", float64, ").append(classes);
    text.append(" classes: ").append(Arrays.toString(losses));
    text.append(' ').append(Arrays.toString(hashes)).append('\n');
  }

  private void loss(RowLoss loss, Batch batch) {
    double[] losses = new double[ROWS];
    Matrix gradient = matrix(new double[ROWS * classes]);
    double mean = loss.lossAndGradient(batch.losses(losses), gradient);
    line(loss, losses, mean, hash(gradient));
  }

  private void statistics(SoftmaxLoss loss, Batch batch) {
    double[] logSumExp = new double[ROWS];
    double[] entropy = new double[ROWS];
    double[] probability = new double[ROWS];
    var statistics =
        RowStatistics.none().logSumExp(logSumExp).entropy(entropy).labelProbability(probability);
    loss(loss, batch.statistics(statistics));
    line("log-sum-exp", logSumExp);
    line("entropy", entropy);
    line("label probability", probability);
  }

  /** A teacher of the most likely classes. */
  private void top(Batch batch) {
    int k = Math.min(3, classes);
    int[] indices = new int[ROWS * k];
    Arrays.setAll(indices, i -> (i % k + i / k) % classes);
    double[] p = Arrays.copyOf(probabilities, ROWS * k);
    loss(Distillation.builder().build(), batch.teacher(indices, matrix(p)));
    loss(
        Distillation.builder().divergence(new Divergence.JensenShannon(0.5)).build(),
        batch.teacher(indices, matrix(p)));
    loss(
        Distillation.builder().divergence(new Divergence.TotalVariation()).build(),
        batch.teacher(indices, matrix(p)));
  }

  private void hessian(CrossEntropy loss, Batch batch) {
    double[] losses = new double[ROWS];
    Matrix gradient = matrix(new double[ROWS * classes]);
    Matrix hessian = matrix(new double[ROWS * classes]);
    loss.gradientAndHessian(batch.losses(losses), gradient, hessian);
    line("hessian", losses, hash(gradient), hash(hessian));
  }

  private void logSumExp() {
    double[] results = new double[ROWS];
    LogSumExp function = LogSumExp.builder().temperature(0.7).build();
    function.forward(matrix(logits), results);
    Matrix gradient = matrix(new double[ROWS * classes]);
    function.backward(matrix(logits), labelsAsNumbers(), gradient);
    line("LogSumExp", results, hash(gradient));
  }

  private double[] labelsAsNumbers() {
    return IntStream.of(labels).asDoubleStream().toArray();
  }
}
