package io.github.surprisal.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.surprisal.bench.workload.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast one peer did one batch, as JMH's JSON tells it.
 *
 * @param peer who
 * @param loss what
 * @param shape rows and columns
 * @param threads that a call could use
 * @param what the benchmark's method: {@code loss}, {@code lossAndGradient}, {@code arrays}
 * @param nanos mean time of a call
 * @param low lower end of its confidence interval, 99.9 %
 * @param high upper end
 * @param variation standard deviation of the iterations, relative to their mean
 * @param bytesAllocated garbage of one call as the gc profiler of JMH counts it
 * @param check what its result was worth; null if it computes nothing
 */
public record Speed(
    String peer,
    String loss,
    Shape shape,
    int threads,
    String what,
    double nanos,
    double low,
    double high,
    double variation,
    double bytesAllocated,
    JsonNode check) {
  /** Beyond this variation, a time says little. */
  public static final double NOISY = 0.1;

  /** Reads one result of {@link LossBenchmark}. */
  static Speed of(JsonNode result) {
    JsonNode params = result.get("params");
    JsonNode metric = result.get("primaryMetric");
    JsonNode garbage = result.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
    JsonNode interval = metric.path("scoreConfidence");
    double nanos = metric.get("score").asDouble();
    return new Speed(
        params.get("peer").asText(),
        params.get("loss").asText(),
        Shape.parse(params.get("shape").asText()),
        params.path("threads").asInt(1),
        method(result),
        nanos,
        interval.path(0).asDouble(nanos),
        interval.path(1).asDouble(nanos),
        variation(metric),
        garbage.asDouble(Double.NaN),
        result.get("check"));
  }

  /** The name of a result's benchmark without that of its class. */
  static String method(JsonNode result) {
    String name = result.get("benchmark").asText();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Standard deviation over mean of all iterations of all forks. */
  static double variation(JsonNode metric) {
    List<Double> times = new ArrayList<>();
    metric.path("rawData").forEach(fork -> fork.forEach(time -> times.add(time.asDouble())));
    double mean = times.stream().mapToDouble(t -> t).average().orElse(Double.NaN);
    double squares = times.stream().mapToDouble(t -> (t - mean) * (t - mean)).sum();
    return times.size() < 2 ? Double.NaN : Math.sqrt(squares / (times.size() - 1)) / mean;
  }

  /** Whether the iterations differ too much to conclude anything. */
  public boolean isNoisy() {
    return variation > NOISY;
  }

  /** Time of one element. */
  public double nanosPerElement() {
    return nanos / shape.elements();
  }

  /** A number of the check, NaN without one. */
  public double checked(String name) {
    return check == null ? Double.NaN : Double.parseDouble(check.path(name).asText("NaN"));
  }

  /** Whether the result was right, as far as it was checked. */
  public boolean isRight() {
    return check == null || check.path("right").asBoolean();
  }

  /** What it worked on, whoever did it. */
  public Batch batch() {
    return new Batch(loss, shape, threads, what);
  }

  /**
   * What several peers can be compared in.
   *
   * @param loss see {@link Speed}
   * @param shape see {@link Speed}
   * @param threads see {@link Speed}
   * @param what see {@link Speed}
   */
  public record Batch(String loss, Shape shape, int threads, String what) {}
}
