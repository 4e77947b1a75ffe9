package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.peer.VectorLoops;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/** What this machine can do at most: move memory, multiply and add, take exponentials. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector", "-Xms2g", "-Xmx2g"})
public class CeilingBenchmark {
  /** Rounds of one call of {@link #fma}, as many as elements. */
  @Param({"1000", "32000", "1000000", "16000000"})
  int elements;

  private float[] from;
  private float[] to;

  /** Fills the arrays. */
  @Setup
  public void setUp(BenchmarkParams params) throws InterruptedException {
    from = new float[elements];
    to = new float[elements];
    for (int i = 0; i < elements; i++) {
      from[i] = i % 64 / 8f;
    }
    String benchmark = params.getBenchmark();
    WarmUp.run(
        benchmark.endsWith(".exp")
            ? this::exp
            : benchmark.endsWith(".fma") ? this::fma : this::copy);
  }

  /** Reads four bytes an element and writes four. */
  @Benchmark
  public float[] copy() {
    System.arraycopy(from, 0, to, 0, elements);
    return to;
  }

  /** An exponential an element, read and written. */
  @Benchmark
  public float[] exp() {
    VectorLoops.exp(from, to);
    return to;
  }

  /** Eight independent chains, a vector each, that many times. */
  @Benchmark
  public float fma() {
    return VectorLoops.fma(from, elements);
  }
}
