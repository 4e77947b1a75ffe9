package io.github.surprisal.catalog;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Every loss of this library, by name: for whoever reads the name from a file, and for what is made
 * of every loss, such as tests, benchmarks and tables.
 *
 * <pre>{@code
 * var huber = (PointwiseInfo) Losses.named("huber");
 * var loss = PointwiseLoss.builder(huber.with(Map.of("delta", 1.5))).build();
 * }</pre>
 */
public final class Losses {
  private Losses() {}

  /** The losses of prediction and target. */
  public static List<PointwiseInfo> pointwise() {
    return PointwiseList.ALL;
  }

  /** The losses of rows of class scores. */
  public static List<RowInfo> rows() {
    return RowList.ALL;
  }

  /** All of them. */
  public static List<LossInfo> all() {
    return Stream.<LossInfo>concat(RowList.ALL.stream(), PointwiseList.ALL.stream()).toList();
  }

  /**
   * The loss of this name, or else the first whose class has it, in any case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LossInfo named(String name) {
    Objects.requireNonNull(name, "name");
    var all = all();
    return all.stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .or(() ->
            all.stream()
                .filter(loss ->
                    loss.name().equalsIgnoreCase(name)
                        || loss.type().getSimpleName().equalsIgnoreCase(name))
                .findFirst())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "loss = %s, expected one of %s"
                    .formatted(name, all.stream().map(LossInfo::name).toList())));
  }
}
