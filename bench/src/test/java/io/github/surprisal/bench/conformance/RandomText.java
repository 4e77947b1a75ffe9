package io.github.surprisal.bench.conformance;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What random cases are written with, whatever their loss. */
abstract class RandomText {
  static final String[] DTYPES = {"float32", "float64", "bfloat16", "float16"};
  final Random random;

  RandomText(long seed) {
    random = new Random(seed);
  }

  /** A case. */
  abstract String line(String id);

  List<String> lines(int n) {
    return IntStream.range(0, n).mapToObj(i -> line("case-" + i)).toList();
  }

  double weight() {
    return chance(0.1) ? 0 : random.nextDouble() * (chance(0.2) ? -3 : 3);
  }

  double factor() {
    return chance(0.05) ? 0 : random.nextGaussian();
  }

  String tensor(String name, int[] shape, DoubleSupplier values) {
    return "\"%s\":{\"shape\":%s,\"data\":%s}"
        .formatted(name, dimensions(shape), list(elements(shape), values));
  }

  String integers(String name, int[] shape, IntSupplier values) {
    String data =
        IntStream.range(0, elements(shape))
            .mapToObj(i -> Integer.toString(values.getAsInt()))
            .collect(Collectors.joining(",", "[", "]"));
    return "\"%s\":{\"data\":%s,\"shape\":%s}".formatted(name, data, dimensions(shape));
  }

  static String dimensions(int[] shape) {
    return IntStream.of(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  static int elements(int[] shape) {
    return IntStream.of(shape).reduce(1, (a, b) -> a * b);
  }

  static String list(int n, DoubleSupplier values) {
    return IntStream.range(0, n)
        .mapToObj(i -> number(values.getAsDouble()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "\"" + value + '"';
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
