package io.github.surprisal.rows;

import io.github.surprisal.internal.call.Options;

/**
 * The options of a function of the softmax.
 *
 * @param <B> the builder itself
 * @param <F> the function
 */
public abstract sealed class TemperatureBuilder<B extends TemperatureBuilder<B, F>, F>
    permits Softmax.Builder, LogSoftmax.Builder, LogSumExp.Builder {
  double temperature = 1;

  TemperatureBuilder() {}

  abstract B self();

  /** The function. */
  public abstract F build();

  /**
   * What the logits are divided by; default 1. The quotient is never rounded.
   *
   * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
   */
  public B temperature(double temperature) {
    Options.requireTemperature("temperature", temperature);
    this.temperature = temperature;
    return self();
  }
}
