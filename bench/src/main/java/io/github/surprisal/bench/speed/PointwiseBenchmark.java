package io.github.surprisal.bench.speed;

import io.github.surprisal.Elements;
import io.github.surprisal.Matrix;
import io.github.surprisal.PointwiseLoss;
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
 * Pointwise losses over an array, alone and with the gradient, beside the traffic of c = a + b over
 * the same arrays and one exponential an element.
 *
 * <p>Every pointwise loss has run in the JVM before, so the type profiles are those of a large
 * program.
 *
 * <p>Control: {@code -prof gc} must show about 0 B/op; the user's own formula must take the time of
 * the built-in Huber. Read ratios within one run, not times.
 *
 * <p>Run: {@code java -cp bench/target/surprisal.jar org.openjdk.jmh.Main Pointwise -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xms1g", "-Xmx1g"})
public class PointwiseBenchmark {
  private static final long SEED = 20_251_123;
  private static final int ROUNDS = 20;

  /** Number of elements: in the first-level cache, and beyond the second. */
  @Param({"1000", "1000000"})
  int elements;

  /** The loss. */
  @Param MeasuredFormula loss;

  private PointwiseLoss kernel;
  private Elements batch;
  private float[] predictions;
  private float[] targets;
  private float[] gradient;
  private Matrix gradientMatrix;

  /** Draws the batch, runs every loss. */
  @Setup
  public void setUp() {
    for (int round = 0; round < ROUNDS; round++) {
      for (var other : MeasuredFormula.values()) {
        prepare(other, 1000);
        kernelLoss();
        kernelLossAndGradient();
      }
    }
    prepare(loss, elements);
  }

  private void prepare(MeasuredFormula measured, int n) {
    kernel = PointwiseLoss.of(measured.formula);
    predictions = new float[n];
    targets = new float[n];
    gradient = new float[n];
    float[] parameter = new float[n];
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < n; i++) {
      measured.inputs.draw(random, predictions, targets, i);
      parameter[i] = 0.5f + (float) random.nextDouble();
    }
    boolean further = measured.formula.parameter() != null && measured.formula.parameters() == null;
    batch = Elements.of(predictions, targets);
    batch = further ? batch.parameter(parameter) : batch;
    gradientMatrix = Matrix.of(gradient, 1, n);
  }

  /** The least that loss and gradient could cost: read two arrays, write one. */
  @Benchmark
  public float[] add() {
    VectorLoops.add(predictions, targets, gradient);
    return gradient;
  }

  /** An exponential for each element. */
  @Benchmark
  public float[] exp() {
    VectorLoops.exp(predictions, gradient);
    return gradient;
  }

  /** This library, loss alone. */
  @Benchmark
  public double kernelLoss() {
    return kernel.loss(batch);
  }

  /** This library. */
  @Benchmark
  public double kernelLossAndGradient() {
    return kernel.lossAndGradient(batch, gradientMatrix);
  }
}
