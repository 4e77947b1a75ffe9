package io.github.surprisal;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** What shows its options as text, and of which a stream holds them alone. */
@SuppressWarnings("serial") // a stream holds its recipe
abstract class FromRecipe implements Serializable {
  FromRecipe() {}

  /** How it is made. */
  abstract Recipe recipe();

  /** The name of its class and its options. */
  @Override
  public final String toString() {
    return recipe().toString();
  }

  final Object writeReplace() {
    return recipe();
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException("stream holds a loss or function, expected its options");
  }
}
