package io.github.surprisal.bench.speed;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Cross-entropy from ten classes to a large vocabulary, beside the yardstick of some 40 lines, a
 * good loop in plain Java, the textbook formula in double, and a copy of the logits: what {@link
 * LossBenchmark} measures of any loss, with the peers as a parameter of their own defaults.
 *
 * <p>Run: JMH's main class in {@code surprisal.jar}, with {@code CrossEntropyBenchmark -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector", "-Xms2g", "-Xmx2g"})
public class CrossEntropyBenchmark {
  /** Who computes. */
  @Param({"surprisal", "plain-loop", "plain-java", "textbook", "copy"})
  String peer;

  /** Rows and classes. */
  @Param({"32x10", "8192x10", "8192x100", "4096x1000", "256x32000", "64x128256"})
  String shape;

  private final LossBenchmark measured = new LossBenchmark();

  /** Draws the batch and checks the result, as for any loss. */
  @Setup(Level.Trial)
  public void setUp(BenchmarkParams params) throws IOException, InterruptedException {
    measured.peer = peer;
    measured.loss = "cross_entropy";
    measured.shape = shape;
    measured.threads = 1;
    measured.setUp(params);
  }

  /** Releases what is not on the heap. */
  @TearDown(Level.Trial)
  public void tearDown() {
    measured.tearDown();
  }

  /** The loss alone. */
  @Benchmark
  public double loss() {
    return measured.loss();
  }

  /** Loss and gradient. */
  @Benchmark
  public double lossAndGradient() {
    return measured.lossAndGradient();
  }
}
