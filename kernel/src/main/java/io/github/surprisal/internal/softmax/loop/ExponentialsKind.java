package io.github.surprisal.internal.softmax.loop;

/**
 * The constants of a copy of {@link ExponentialsF32}.
 *
 * @param tempered whether logits are divided by a temperature
 * @param whole whether it takes whole rows, else blocks of one row whose maximum is known
 * @param entropy whether the sum of e_j (m - x_j) is taken too, m the maximum of the row
 */
public record ExponentialsKind(boolean whole, boolean tempered, boolean entropy) {
  /** The exponentials alone. */
  static final ExponentialsKind PLAIN = new ExponentialsKind(true, false, false);

  private static final ExponentialsKind[] ALL = new ExponentialsKind[8];

  static {
    for (int i = 0; i < ALL.length; i++) {
      ALL[i] = new ExponentialsKind((i & 1) == 0, (i & 2) != 0, (i & 4) != 0);
    }
  }

  /** The kind of these constants, without garbage. */
  public static ExponentialsKind of(boolean whole, boolean tempered, boolean entropy) {
    return ALL[(whole ? 0 : 1) + (tempered ? 2 : 0) + (entropy ? 4 : 0)];
  }
}
