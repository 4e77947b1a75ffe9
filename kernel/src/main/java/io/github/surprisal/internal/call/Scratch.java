package io.github.surprisal.internal.call;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What the families of losses keep from call to call: one object for each class, made when asked
 * for.
 */
public final class Scratch {
  // Few classes: comparing them one by one takes less than hashing.
  private Class<?>[] types = new Class<?>[4];
  private Object[] objects = new Object[4];
  private int size;

  /** The object of this class. */
  public <T> T get(Class<T> type, Supplier<T> make) {
    for (int i = 0; i < size; i++) {
      if (types[i] == type) {
        return type.cast(objects[i]);
      }
    }
    return add(type, make.get());
  }

  private <T> T add(Class<T> type, T object) {
    if (size == types.length) {
      types = Arrays.copyOf(types, 2 * size);
      objects = Arrays.copyOf(objects, 2 * size);
    }
    types[size] = type;
    objects[size++] = object;
    return object;
  }

  /** What the objects say of themselves, in order of their first use. */
  @Override
  public String toString() {
    return Arrays.asList(objects).subList(0, size).toString();
  }
}
