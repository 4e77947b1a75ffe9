package io.github.surprisal.internal.softmax.loop;

/**
 * The constants of a copy of {@link ExponentialsF32}.
 *
 * @param tempered whether logits are divided by a temperature
 * @param entropy whether the sum of e_j (m - x_j) is taken too, m the maximum of the row
 */
public record ExponentialsKind(boolean tempered, boolean entropy) {
  /** The exponentials alone. */
  static final ExponentialsKind PLAIN = new ExponentialsKind(false, false);

  private static final ExponentialsKind[] ALL = {
    PLAIN,
    new ExponentialsKind(true, false),
    new ExponentialsKind(false, true),
    new ExponentialsKind(true, true)
  };

  /** The kind of these constants, without garbage. */
  public static ExponentialsKind of(boolean tempered, boolean entropy) {
    return ALL[(tempered ? 1 : 0) + (entropy ? 2 : 0)];
  }
}
