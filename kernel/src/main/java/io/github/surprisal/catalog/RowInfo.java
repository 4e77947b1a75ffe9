package io.github.surprisal.catalog;

import io.github.surprisal.Bounds;
import io.github.surprisal.rows.RowLoss;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A loss of rows of class scores.
 *
 * @param name its name in commands and files, as {@code cross_entropy}
 * @param builder makes a builder with the options that are usual
 * @param predictions what class scores are
 * @param targets what the target of a row is
 * @param text the formula in a line; z scores, y label, w weight of its class, p = softmax(z)
 */
public record RowInfo(
    String name,
    Supplier<? extends RowLoss.Builder<?>> builder,
    Values predictions,
    Values targets,
    String text)
    implements LossInfo {
  /** Refuses null. */
  public RowInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(builder, "builder");
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(text, "text");
  }

  /** The loss with the options that are usual. */
  public RowLoss loss() {
    return builder.get().build();
  }

  @Override
  public Class<?> type() {
    return loss().getClass();
  }

  @Override
  public Map<String, Object> options() {
    return loss().options();
  }

  @Override
  public Bounds bounds() {
    return loss().bounds();
  }
}
