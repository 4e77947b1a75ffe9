package io.github.surprisal.bench.workload;

import io.github.surprisal.catalog.Losses;
import io.github.surprisal.catalog.PointwiseInfo;
import io.github.surprisal.catalog.RowInfo;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every loss of the catalog, and options that take other loops, for the benchmark to measure. */
public final class MeasuredLosses {
  private static final MeasuredLoss CROSS_ENTROPY =
      MeasuredLoss.of((RowInfo) Losses.named("cross_entropy"));

  private static final List<MeasuredLoss> OPTIONS =
      List.of(
          option("label_smoothing", 0.1, CrossEntropy.builder().labelSmoothing(0.1)),
          CROSS_ENTROPY.with(
              "weights",
              classes -> CrossEntropy.builder().classWeights(weights(classes)).build(),
              classes -> Map.of("weight", weights(classes))),
          option("z_loss", 1e-4, CrossEntropy.builder().zLoss(1e-4)),
          option("temperature", 0.7, CrossEntropy.builder().temperature(0.7)),
          option("softcap", 30.0, CrossEntropy.builder().softcap(30)),
          MeasuredLoss.of((PointwiseInfo) Losses.named("huber"))
              .with("own_formula", new OwnHuber(1), Map.of()),
          MeasuredLoss.of((PointwiseInfo) Losses.named("sigmoid_focal"))
              .with("gamma", new SigmoidFocal(1.7, 0.25), Map.of("gamma", 1.7)));

  /** All of them. */
  public static final List<MeasuredLoss> ALL =
      Stream.of(
              Losses.rows().stream().map(MeasuredLoss::of),
              Losses.pointwise().stream().map(MeasuredLoss::of),
              OPTIONS.stream())
          .flatMap(losses -> losses)
          .toList();

  private MeasuredLosses() {}

  /** The loss of this name, or of this class in any case. */
  public static MeasuredLoss named(String name) {
    return ALL.stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .or(() ->
            ALL.stream()
                .filter(loss ->
                    loss.className().equalsIgnoreCase(name) || loss.name().equalsIgnoreCase(name))
                .findFirst())
        .orElseThrow(() ->
            new IllegalArgumentException("loss = %s, expected one of %s".formatted(name, ALL)));
  }

  /** The losses of these names; null or "all" for every one. */
  public static List<MeasuredLoss> select(List<String> names) {
    return names == null || names.equals(List.of("all"))
        ? ALL
        : names.stream().map(MeasuredLosses::named).toList();
  }

  private static MeasuredLoss option(String name, double value, CrossEntropy.Builder builder) {
    var loss = builder.build();
    return CROSS_ENTROPY.with(name, classes -> loss, classes -> Map.of(name, value));
  }

  private static double[] weights(int classes) {
    double[] weights = new double[classes];
    Arrays.setAll(weights, c -> 0.5 + c % 8 / 8.0);
    return weights;
  }
}
