package io.github.surprisal.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.surprisal.bench.peer.VectorLoops;

/**
 * What the machine can do at most, as measured.
 *
 * @param what {@code copy}, {@code exp} or {@code fma}
 * @param elements how many numbers, or rounds
 * @param nanos mean time
 * @param vectorFloats how many floats a vector has
 */
public record Ceiling(String what, int elements, double nanos, int vectorFloats) {

  static Ceiling of(JsonNode result) {
    return new Ceiling(
        Speed.method(result),
        result.get("params").get("elements").asInt(),
        result.get("primaryMetric").get("score").asDouble(),
        result.path("machine").path("vectorFloats").asInt());
  }

  /** Bytes read and written, a nanosecond: GB/s. */
  public double gigabytesPerSecond() {
    return 2.0 * Float.BYTES * elements / nanos;
  }

  /** Floating-point operations of {@code fma}, a nanosecond: GFLOP/s. */
  public double gigaflops() {
    return 2.0 * VectorLoops.FMA_CHAINS * vectorFloats * elements / nanos;
  }

  /** In words. */
  public String describe() {
    return switch (what) {
      case "copy" -> "copy of %,d floats: %.1f GB/s".formatted(elements, gigabytesPerSecond());
      case "exp" -> "exponential of %,d floats: %.3f ns each".formatted(elements, nanos / elements);
      default -> "multiply and add: %.1f GFLOP/s".formatted(gigaflops());
    };
  }
}
