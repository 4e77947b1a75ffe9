package io.github.surprisal.catalog;

import io.github.surprisal.Bounds;
import java.util.Map;

/** What there is to know of a loss without its Javadoc. */
public sealed interface LossInfo permits PointwiseInfo, RowInfo {
  /** Its name in commands and files, as {@code binary_cross_entropy}. */
  String name();

  /** Its class. */
  Class<?> type();

  /** What predictions are. */
  Values predictions();

  /** What targets are. */
  Values targets();

  /** The formula in a line. */
  String text();

  /** Its options by name, with the values that are usual; one without such a value is missing. */
  Map<String, Object> options();

  /** The errors that it keeps with these options. */
  Bounds bounds();
}
