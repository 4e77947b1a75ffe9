package io.github.surprisal.internal.call;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** What shows its options as text, and of which a stream holds them alone. */
@SuppressWarnings("serial") // a stream holds its recipe
public abstract class FromRecipe implements Serializable {
  private final Recipe recipe;

  /** What is made so. */
  protected FromRecipe(Recipe recipe) {
    this.recipe = recipe;
  }

  /** The name of its class and its options. */
  @Override
  public final String toString() {
    return recipe.toString();
  }

  protected final Object writeReplace() {
    return recipe;
  }

  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException("stream holds a loss or function, expected its options");
  }
}
