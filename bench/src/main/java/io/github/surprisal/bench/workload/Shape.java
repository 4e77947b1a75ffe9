package io.github.surprisal.bench.workload;

/**
 * Size of a batch, written as {@code 4096x1000}.
 *
 * @param rows number of rows
 * @param classes number of classes
 */
public record Shape(int rows, int classes) {

  /** Reads {@code ROWSxCLASSES}. */
  public static Shape parse(String text) {
    String[] numbers = text.split("x", -1);
    try {
      var shape = new Shape(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
      if (numbers.length == 2 && shape.rows > 0 && shape.classes > 0) {
        Math.toIntExact(shape.elements());
        return shape;
      }
    } catch (ArithmeticException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(rule(text), e);
    }
    throw new IllegalArgumentException(rule(text));
  }

  private static String rule(String text) {
    return "shape = " + text + ", expected ROWSxCLASSES with at most 2^31 - 1 elements";
  }

  /** Number of logits. */
  public long elements() {
    return (long) rows * classes;
  }

  @Override
  public String toString() {
    return rows + "x" + classes;
  }
}
