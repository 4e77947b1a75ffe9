package io.github.surprisal.internal.softmax.loop;

/**
 * The constants of a copy of {@link GradientF32}.
 *
 * @param targets whether target masses differ by class
 * @param tilted whether there is an entropy term
 * @param damped whether a softcap damps the gradient
 */
public record GradientKind(boolean targets, boolean tilted, boolean damped) {
  static final GradientKind PLAIN = new GradientKind(false, false, false);

  private static final GradientKind[] ALL = new GradientKind[8];

  static {
    for (int i = 0; i < ALL.length; i++) {
      ALL[i] = new GradientKind((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
    }
  }

  /** The kind of these constants, without garbage. */
  public static GradientKind of(boolean targets, boolean tilted, boolean damped) {
    return ALL[(targets ? 1 : 0) + (tilted ? 2 : 0) + (damped ? 4 : 0)];
  }
}
