package io.github.surprisal.bench.report;

import io.github.surprisal.bench.page.Resource;
import java.util.stream.Stream;

/** Results as the commands write them. */
public final class SampleResults {
  private static final String PYTORCH =
      """
      {"benchmark":"io.github.surprisal.bench.speed.LossBenchmark.lossAndGradient","mode":"avgt",
       "params":{"peer":"pytorch","loss":"%s","shape":"%s","threads":"1"},
       "primaryMetric":{"score":900.0,"scoreError":"NaN","scoreConfidence":["NaN","NaN"],
       "scoreUnit":"ns/op","rawData":[[900.0]]},"secondaryMetrics":{},
       "machine":{"pytorch":"2.9.1","python":"3.12.3","os":"Linux","processors":2}}\
      """;

  private SampleResults() {}

  /**
   * As {@code bench --json} wrote them: ceilings, and two losses of three peers in the shapes 32x10
   * and 64x10, measured twice for a moment.
   */
  public static String bench() {
    return Resource.text("report/bench.json");
  }

  /** The same of {@code bench --what loss}. */
  public static String lossAlone() {
    return bench().replace("LossBenchmark.lossAndGradient", "LossBenchmark.loss");
  }

  /** As {@code bench/pytorch/bench.py} writes them after a single iteration. */
  public static String pytorch(String... shapes) {
    return Stream.of("cross_entropy", "mse")
        .flatMap(loss -> Stream.of(shapes).map(shape -> PYTORCH.formatted(loss, shape)))
        .toList()
        .toString();
  }
}
