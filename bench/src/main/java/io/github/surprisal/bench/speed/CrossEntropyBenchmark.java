package io.github.surprisal.bench.speed;

import io.github.surprisal.CrossEntropy;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cross-entropy over a batch of rows, alone and with its gradient, beside plain Java, the textbook
 * in double, and the time to copy the logits to where the gradient goes.
 *
 * <p>Every loss of the library has run in the JVM before, so the type profiles are those of a large
 * program. Results are checked before anything is measured.
 *
 * <p>Control: {@code -prof gc} must show about 0 B/op for the kernel and plain methods at every
 * shape; time must grow linearly with rows. Read ratios within one run, not times.
 *
 * <p>Run: {@code java -cp bench/target/surprisal.jar org.openjdk.jmh.Main CrossEntropy -prof gc},
 * or {@code surprisal bench} for a table.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xms1g", "-Xmx1g"})
public class CrossEntropyBenchmark {
  private static final long SEED = 20_251_123;

  /** Rows and classes. */
  @Param({"32x10", "8192x10", "8192x100", "4096x1000", "256x32000", "64x128256"})
  String shape;

  /** Of logits and gradient; the textbook is in double always. */
  @Param({"FLOAT32", "FLOAT64"})
  ElementType type;

  /** The loss and its options. */
  @Param("CROSS_ENTROPY")
  MeasuredLoss loss;

  private CrossEntropy kernel;
  private PlainCrossEntropy plain;
  private TextbookCrossEntropy textbook;
  private int[] labels;
  private float[] logitsF32;
  private float[] gradientF32;
  private double[] logitsF64;
  private double[] gradientF64;

  /** Draws the batch, runs every loss, checks the results. */
  @Setup
  public void setUp() {
    EveryLoss.run();
    kernel = loss.kernel();
    plain = new PlainCrossEntropy(loss.labelSmoothing);
    textbook = new TextbookCrossEntropy(loss.labelSmoothing);
    draw(Shape.parse(shape));
    verify();
  }

  private void draw(Shape size) {
    var random = new SplittableRandom(SEED);
    int elements = (int) size.elements();
    labels = random.ints(size.rows(), 0, size.classes()).toArray();
    logitsF32 = new float[elements];
    gradientF32 = new float[elements];
    logitsF64 = new double[elements];
    gradientF64 = new double[elements];
    for (int i = 0; i < elements; i++) {
      // The same number in both types, so that one check serves both.
      logitsF32[i] = (float) (3 * random.nextGaussian());
      logitsF64[i] = logitsF32[i];
    }
  }

  private void verify() {
    double[] expected = new double[logitsF64.length];
    double expectedLoss = textbook.lossAndGradient(logitsF64, labels, expected);
    var check = new Agreement(expectedLoss, expected);
    check.loss("kernel", kernelLoss());
    check.lossAndGradient("kernel", kernelLossAndGradient(), this::gradient);
    check.loss("plain", plainLoss());
    check.lossAndGradient("plain", plainLossAndGradient(), this::gradient);
  }

  private double gradient(int i) {
    return type == ElementType.FLOAT32 ? gradientF32[i] : gradientF64[i];
  }

  /** The least that loss and gradient could cost: read the logits, write as much. */
  @Benchmark
  public Object copy() {
    if (type == ElementType.FLOAT32) {
      System.arraycopy(logitsF32, 0, gradientF32, 0, logitsF32.length);
      return gradientF32;
    }
    System.arraycopy(logitsF64, 0, gradientF64, 0, logitsF64.length);
    return gradientF64;
  }

  /** This library, loss alone. */
  @Benchmark
  public double kernelLoss() {
    return type == ElementType.FLOAT32
        ? kernel.loss(logitsF32, labels)
        : kernel.loss(logitsF64, labels);
  }

  /** This library. */
  @Benchmark
  public double kernelLossAndGradient() {
    return type == ElementType.FLOAT32
        ? kernel.lossAndGradient(logitsF32, labels, gradientF32)
        : kernel.lossAndGradient(logitsF64, labels, gradientF64);
  }

  /** Plain Java loops, loss alone. */
  @Benchmark
  public double plainLoss() {
    return type == ElementType.FLOAT32
        ? plain.loss(logitsF32, labels)
        : plain.loss(logitsF64, labels);
  }

  /** Plain Java loops. */
  @Benchmark
  public double plainLossAndGradient() {
    return type == ElementType.FLOAT32
        ? plain.lossAndGradient(logitsF32, labels, gradientF32)
        : plain.lossAndGradient(logitsF64, labels, gradientF64);
  }

  /** The textbook in double, loss alone. */
  @Benchmark
  public double textbookLoss() {
    return textbook.loss(logitsF64, labels);
  }

  /** The textbook in double. */
  @Benchmark
  public double textbookLossAndGradient() {
    return textbook.lossAndGradient(logitsF64, labels, gradientF64);
  }
}
