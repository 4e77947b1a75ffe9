package io.github.surprisal;

import io.github.surprisal.reference.DistillationReference;
import io.github.surprisal.reference.Divergence;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.RowBatch;
import io.github.surprisal.reference.RowOptions;
import io.github.surprisal.reference.Teacher;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.Distillation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One batch with every input that a distillation takes, drawn from a seed, for the kernel and for
 * the oracle. Values are floats, so that both types see the same.
 */
final class DistillationCase {
  static final List<Divergence> DIVERGENCES =
      List.of(
          new Divergence.ForwardKl(),
          new Divergence.ReverseKl(),
          new Divergence.JensenShannon(0.5),
          new Divergence.JensenShannon(0.125),
          new Divergence.TotalVariation());

  /** Where the logits of student and teacher come from. */
  enum Regime {
    NORMAL,
    EQUAL,
    NEAR,
    NEARER,
    STUDENT_HUGE,
    TEACHER_HUGE,
    HUGE,
    SUBNORMAL,
    CONFIDENT,
    AT_ODDS,
    OFFSET,
    TEACHER_IMPOSSIBLE,
    BOTH_IMPOSSIBLE;

    /** The student's and the teacher's logit. */
    double[] draw(SplittableRandom random, int j, int special) {
      double u = random.nextDouble(-1, 1);
      double v = random.nextDouble(-1, 1);
      boolean impossible = j != special && v < -0.5;
      double odd = j == special ? 40 : u;
      return switch (this) {
        case NORMAL -> new double[] {6 * u, 6 * v};
        case EQUAL -> new double[] {6 * u, (float) (6 * u)};
        case NEAR -> new double[] {6 * u, 6 * u + 0.01 * v};
        case NEARER -> new double[] {u, (float) u + 1e-6 * v};
        case STUDENT_HUGE -> new double[] {j == special ? 1e30 : u, 3 * v};
        case TEACHER_HUGE -> new double[] {3 * u, j == special ? 1e30 : v};
        case HUGE -> new double[] {8e37 * u, 8e37 * v};
        case SUBNORMAL -> new double[] {1e-40 * u, 1e-40 * v};
        case CONFIDENT -> new double[] {j == special ? 15 : u, j == special ? 20 : v};
        case AT_ODDS -> new double[] {j == special ? 40 : u, j == (special ^ 1) ? 40 : v};
        case OFFSET -> new double[] {-1e4 + 5 * u, 1e3 + 5 * v};
        case TEACHER_IMPOSSIBLE -> new double[] {odd, impossible ? Double.NEGATIVE_INFINITY : v};
        case BOTH_IMPOSSIBLE ->
            new double[] {
              impossible ? Double.NEGATIVE_INFINITY : u, impossible ? Double.NEGATIVE_INFINITY : v
            };
      };
    }
  }

  final String name;
  final Divergence divergence;
  final int rows;
  final int classes;
  final double[] logits;
  final double[] teacher;
  final int[] labels;
  double temperature = 1;
  double teacherTemperature = 1;
  boolean squared;
  double hardWeight;
  double[] classWeights;
  double[] rowWeights;
  boolean[] mask;
  boolean[] allowed;
  int top;
  private int options;
  int[] indices;
  double[] probabilities;

  DistillationCase(long seed, Divergence divergence, Regime regime, int rows, int classes) {
    name = "%s, %s, %dx%d, seed %d".formatted(divergence, regime, rows, classes, seed);
    this.divergence = divergence;
    this.rows = rows;
    this.classes = classes;
    logits = new double[rows * classes];
    teacher = new double[rows * classes];
    labels = new int[rows];
    var random = new SplittableRandom(seed);
    for (int i = 0; i < logits.length; i++) {
      labels[i / classes] = i % classes == 0 ? random.nextInt(classes) : labels[i / classes];
      double[] both = regime.draw(random, i % classes, labels[i / classes]);
      logits[i] = (float) both[0];
      teacher[i] = (float) both[1];
    }
  }

  /** The same with any of the options, by the bits of {@code options}. */
  DistillationCase with(int options) {
    this.options = options;
    var random = new SplittableRandom(options);
    if ((options & 1) != 0) {
      temperature = 2;
      teacherTemperature = (options & 2) != 0 ? 0.7 : 2;
      squared = (options & 2) != 0;
    }
    if ((options & 4) != 0) {
      hardWeight = 0.25;
      classWeights = random.doubles(classes, 0.25, 4).map(v -> (float) v).toArray();
      CrossEntropyCase.signed(classWeights);
    }
    if ((options & 8) != 0) {
      rowWeights = random.doubles(rows, 0.5, 2).map(v -> (float) v).toArray();
      CrossEntropyCase.signed(rowWeights);
      mask = new boolean[rows];
      Arrays.fill(mask, true);
      mask[rows / 2] = rows == 1;
      labels[0] = rows > 2 ? -100 : labels[0];
    }
    if ((options & 16) != 0) {
      allowed = new boolean[(options & 2) != 0 ? rows * classes : classes];
      for (int i = 0; i < allowed.length; i++) {
        allowed[i] = random.nextInt(4) > 0;
      }
      for (int r = 0; r < rows; r++) {
        allowed[(r * classes + Math.max(labels[r], 0)) % allowed.length] = true;
      }
    }
    if ((options & 32) != 0 && !(divergence instanceof Divergence.ReverseKl)) {
      teachTop(random, Math.min(classes, 3));
    }
    return this;
  }

  private void teachTop(SplittableRandom random, int k) {
    top = k;
    indices = new int[rows * k];
    probabilities = random.doubles(rows * k, 0, 1.0 / k).map(v -> (float) v).toArray();
    int start = random.nextInt(classes);
    for (int i = 0; i < indices.length; i++) {
      // All different in a row.
      indices[i] = (start + i % k) % classes;
      probabilities[i] = random.nextInt(4) == 0 ? 0 : probabilities[i];
    }
  }

  Distillation loss() {
    var builder =
        switch (divergence) {
          case Divergence.ForwardKl d -> Distillation.builder();
          case Divergence.ReverseKl d ->
              Distillation.builder()
                  .divergence(new io.github.surprisal.rows.Divergence.ReverseKl());
          case Divergence.JensenShannon d ->
              Distillation.builder()
                  .divergence(new io.github.surprisal.rows.Divergence.JensenShannon(d.beta()));
          case Divergence.TotalVariation d ->
              Distillation.builder()
                  .divergence(new io.github.surprisal.rows.Divergence.TotalVariation());
        };
    builder
        .temperature(temperature)
        .teacherTemperature(teacherTemperature)
        .temperatureSquared(squared)
        .hardWeight(hardWeight)
        .reduction(Reduction.NONE);
    return classWeights == null ? builder.build() : builder.classWeights(classWeights).build();
  }

  Matrix matrix(double[] values, boolean floats) {
    int columns = values.length / rows;
    return floats
        ? Matrix.of(CrossEntropyCase.toFloats(values), rows, columns)
        : Matrix.of(values, rows, columns);
  }

  Batch batch(boolean floats) {
    return batch(matrix(logits, floats), floats);
  }

  Batch batch(Matrix student, boolean floats) {
    var batch = Batch.of(student, labels);
    batch =
        top == 0
            ? batch.teacher(matrix(teacher, floats))
            : batch.teacher(indices, matrix(probabilities, floats));
    batch = rowWeights == null ? batch : batch.weights(rowWeights).mask(mask);
    return allowed == null ? batch : batch.allowed(allowedBits());
  }

  private long[] allowedBits() {
    int words = (classes + 63) / 64;
    long[] bits = new long[allowed.length / classes * words];
    for (int i = 0; i < allowed.length; i++) {
      int j = i % classes;
      bits[i / classes * words + j / 64] |= allowed[i] ? 1L << j : 0;
    }
    return bits;
  }

  LossResult<?> expected() {
    var options = RowOptions.DEFAULT.withReduction(io.github.surprisal.reference.Reduction.NONE);
    options = classWeights == null ? options : options.withClassWeights(classWeights);
    var batch = RowBatch.of(logits, rows, classes).withLabels(labels);
    batch = rowWeights == null ? batch : batch.withRowWeights(rowWeights).withRowMask(mask);
    batch = allowed == null ? batch : batch.withAllowedClasses(allowed);
    var from =
        top == 0 ? new Teacher.Logits(teacher) : new Teacher.TopK(top, indices, probabilities);
    return new DistillationReference(
            divergence, options, temperature, teacherTemperature, squared, hardWeight)
        .evaluate(batch, from);
  }

  boolean isAllowed(int row, int j) {
    return allowed == null || allowed[(row * classes + j) % allowed.length];
  }

  /** -log of the softmax of a row of {@code x} over a temperature. */
  double[] nlls(double[] x, int row, double temperature) {
    double[] z =
        IntStream.range(0, classes)
            .mapToDouble(j -> isAllowed(row, j) ? x[row * classes + j] : Double.NEGATIVE_INFINITY)
            .toArray();
    double max = Arrays.stream(z).max().orElseThrow();
    int k = 0;
    while (z[k] != max) {
      k++;
    }
    double rest = 0;
    for (int j = 0; j < classes; j++) {
      rest += j == k ? 0 : Math.exp((z[j] - max) / temperature);
    }
    double logRest = Math.log1p(rest);
    return Arrays.stream(z).map(v -> (max - v) / temperature + logRest).toArray();
  }

  /** -log of the teacher's probabilities. */
  double[] teacherNlls(int row) {
    if (top == 0) {
      return nlls(teacher, row, teacherTemperature);
    }
    double[] nlls = new double[classes];
    Arrays.fill(nlls, Double.POSITIVE_INFINITY);
    for (int i = row * top; i < (row + 1) * top; i++) {
      nlls[indices[i]] = -Math.log(probabilities[i]);
    }
    return nlls;
  }

  @Override
  public String toString() {
    return name + ", options " + options;
  }
}
