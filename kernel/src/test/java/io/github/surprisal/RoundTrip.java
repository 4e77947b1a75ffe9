package io.github.surprisal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Objects through streams. */
public final class RoundTrip {
  private RoundTrip() {}

  /** What comes back. */
  @SuppressWarnings("unchecked")
  public static <T> T of(T object) throws IOException, ClassNotFoundException {
    return (T) read(write(object));
  }

  static byte[] write(Object object) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(object);
    }
    return bytes.toByteArray();
  }

  static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (var stream = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return stream.readObject();
    }
  }
}
