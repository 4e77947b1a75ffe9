package io.github.surprisal.bench.speed;

import java.util.Arrays;

/** The methods of {@link CrossEntropyBenchmark}. */
enum MeasuredCode {
  COPY("copy"),
  KERNEL_LOSS("kernelLoss"),
  KERNEL_GRADIENT("kernelLossAndGradient"),
  PLAIN_LOSS("plainLoss"),
  PLAIN_GRADIENT("plainLossAndGradient"),
  TEXTBOOK_LOSS("textbookLoss"),
  TEXTBOOK_GRADIENT("textbookLossAndGradient");

  final String method;

  MeasuredCode(String method) {
    this.method = method;
  }

  /** The code of a benchmark by its full name. */
  static MeasuredCode ofBenchmark(String name) {
    String method = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values()).filter(code -> code.method.equals(method)).findFirst().get();
  }
}
