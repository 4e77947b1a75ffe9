package io.github.surprisal.bench.speed;

/** The element types that the library computes in. */
public enum ElementType {
  /** {@code float}. */
  FLOAT32(Float.BYTES),
  /** {@code double}. */
  FLOAT64(Double.BYTES);

  final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
