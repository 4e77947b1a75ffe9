package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.accuracy.Check;
import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.Peers;
import io.github.surprisal.bench.peer.PlainLoop;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Surprisal;
import io.github.surprisal.bench.peer.SurprisalFloat64;
import io.github.surprisal.bench.peer.Workload;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
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
 * Any loss by any peer, alone and with its gradient.
 *
 * <p>Before this library is measured, or its yardstick, all its losses run in the JVM, so that type
 * profiles are those of a large program. Every result is checked, and the check recorded beside the
 * speed.
 *
 * <p>Control: {@code -prof gc} must show about 0 B/op for this library, as for {@code copy}. Read
 * ratios within one run, not times.
 *
 * <p>Run: {@code surprisal bench}, or JMH's own main class in {@code surprisal.jar}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsPrepend = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "-Xms2g",
      "-Xmx2g"
    })
public class LossBenchmark {
  /** Who computes. */
  @Param("surprisal")
  String peer;

  /** What. */
  @Param("cross_entropy")
  String loss;

  /** Rows and classes, or columns. */
  @Param({"32x10", "8192x10", "8192x100", "4096x1000", "256x32000", "64x128256"})
  String shape;

  /** How many threads a call may use. */
  @Param("1")
  int threads;

  private PreparedLoss prepared;
  private float[] predictions;
  private float[] gradient;

  /** Draws the batch, runs every loss, checks the result, and waits for the compilers. */
  @Setup(Level.Trial)
  public void setUp(BenchmarkParams params) throws IOException, InterruptedException {
    Peer measured = Peers.named(peer);
    if (measured instanceof Surprisal
        || measured instanceof SurprisalFloat64
        || measured instanceof PlainLoop) {
      EveryLoss.run();
    }
    Workload workload = MeasuredLosses.named(loss).draw(Shape.parse(shape));
    predictions = workload.predictions();
    gradient = new float[predictions.length];
    prepared = measured.prepare(workload, threads);
    if (measured.computes()) {
      CheckFile.append(peer, loss, shape, Check.of(measured, prepared, workload));
    }
    String benchmark = params.getBenchmark();
    WarmUp.run(
        benchmark.endsWith(".loss")
            ? this::loss
            : benchmark.endsWith(".arrays") ? this::arrays : this::lossAndGradient);
  }

  /** Releases what is not on the heap. */
  @TearDown(Level.Trial)
  public void tearDown() {
    prepared.close();
  }

  /** The loss alone, inputs resident where the peer wants them. */
  @Benchmark
  public double loss() {
    return prepared.loss();
  }

  /** Loss and gradient, both resident. */
  @Benchmark
  public double lossAndGradient() {
    return prepared.lossAndGradient();
  }

  /** Loss and gradient, predictions from a Java array and the gradient to one. */
  @Benchmark
  public double arrays() {
    return prepared.lossAndGradient(predictions, gradient);
  }
}
