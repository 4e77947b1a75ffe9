package io.github.surprisal;

import io.github.surprisal.internal.call.Scratch;

/**
 * Scratch memory of one call at a time: at most 2.4 MB, when every loss has been called in both
 * types, whatever the size of the batch; and one row of each matrix of more than 2048 classes that
 * is not in row-major order, and a bit for each class where the most likely classes of a teacher
 * are checked. Without one, a call uses its thread's own. Hold one where threads come and go, as
 * virtual threads do.
 *
 * <p>Not thread-safe.
 */
public final class Workspace {
  private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

  final Scratch scratch = new Scratch();

  /** Scratch memory for one thread at a time. */
  public Workspace() {}

  static Workspace ofThread() {
    return OF_THREAD.get();
  }

  /** The families of losses that it has scratch memory of so far. */
  @Override
  public String toString() {
    return "Workspace" + scratch;
  }
}
