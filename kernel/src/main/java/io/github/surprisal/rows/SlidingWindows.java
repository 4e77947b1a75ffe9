package io.github.surprisal.rows;

import io.github.surprisal.LossSum;
import io.github.surprisal.internal.call.Fields;
import java.util.Objects;

/**
 * How a text longer than a model's context is evaluated: in windows that begin a stride apart, each
 * scoring only tokens that no window before it has seen; the others are its context.
 *
 * <pre>
 *   window i    tokens [i stride, min(i stride + window, length))
 *   scored      those from the end of window i - 1 on
 * </pre>
 *
 * <p>Row r of a window's logits, after token {@code start + r}, predicts the next token. The first
 * token of the text is never scored; nor, if the stride is the whole window, the first of each
 * window. Otherwise every token is scored once. Add up the windows in one {@link LossSum}: the mean
 * of the windows' means is another number, since they score different numbers of tokens.
 *
 * <p>Immutable.
 */
public final class SlidingWindows {
  private final int length;
  private final int window;
  private final int stride;

  private SlidingWindows(int length, int window, int stride) {
    this.length = length;
    this.window = window;
    this.stride = stride;
  }

  /**
   * Windows over a text.
   *
   * @param length number of tokens
   * @param window most tokens of a window, the model's context
   * @param stride from the start of a window to that of the next
   * @throws IllegalArgumentException unless {@code 0 <= length}, {@code 1 <= stride <= window}
   */
  public static SlidingWindows of(int length, int window, int stride) {
    if (length < 0) {
      throw new IllegalArgumentException("length = " + length + ", expected at least 0");
    }
    if (window < 1) {
      throw new IllegalArgumentException("window = " + window + ", expected at least 1");
    }
    if (stride < 1 || stride > window) {
      throw new IllegalArgumentException(
          "stride = %d, expected 1 <= stride <= window = %d".formatted(stride, window));
    }
    return new SlidingWindows(length, window, stride);
  }

  /** Number of windows; the last is the first that reaches the end. */
  public int count() {
    if (length == 0) {
      return 0;
    }
    return 1 + Math.ceilDiv(Math.max(0, length - window), stride);
  }

  /** First token of window i. */
  public int start(int i) {
    if (i < 0 || i >= count()) {
      throw new IllegalArgumentException(
          "window = %d, expected 0 <= window < %d".formatted(i, count()));
    }
    return i * stride;
  }

  /** Token after the last of window i. */
  public int end(int i) {
    return (int) Math.min((long) start(i) + window, length);
  }

  /** First token that window i scores. */
  public int firstScored(int i) {
    return Math.max(i == 0 ? 0 : end(i - 1), start(i) + 1);
  }

  /**
   * The label of each row of window i: the next token if the window scores it, else {@code
   * ignoreIndex}. The last row has none.
   *
   * @param tokens the text
   * @param labels written, one a token of the window
   * @return the number of rows, {@code end(i) - start(i)}
   * @throws IllegalArgumentException if the arrays are too short or the same
   */
  public int labels(int i, int[] tokens, int ignoreIndex, int[] labels) {
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(labels, "labels");
    int start = start(i);
    int rows = end(i) - start;
    if (tokens.length != length) {
      throw new IllegalArgumentException(
          "tokens.length = %d, expected %d".formatted(tokens.length, length));
    }
    if (labels.length < rows) {
      throw new IllegalArgumentException(
          "labels.length = %d, expected at least %d".formatted(labels.length, rows));
    }
    if (labels == tokens) {
      throw new IllegalArgumentException("labels overlaps tokens, expected memory apart");
    }
    int first = firstScored(i);
    for (int r = 0; r < rows; r++) {
      int next = start + r + 1;
      labels[r] = next >= first && r < rows - 1 ? tokens[next] : ignoreIndex;
    }
    return rows;
  }

  @Override
  public String toString() {
    return Fields.text(this);
  }
}
