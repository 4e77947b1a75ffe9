package io.github.surprisal.reference;

/**
 * What happens to logits x before a loss sees them, in this order:
 *
 * <pre>
 * z = x / temperature
 * z = softcap tanh(z / softcap)
 * z = -infinity where the class is not among {@link RowBatch#allowedClasses()}
 * </pre>
 *
 * <p>Gradients are by x. A logit of -infinity is an impossible class under a softcap too, and
 * +infinity makes its row NaN. A class that is not allowed has gradient +0, and its logit is not
 * read.
 *
 * @param temperature positive
 * @param softcap positive; infinity for none
 */
public record LogitOptions(double temperature, double softcap) {

  /** The logits as they are. */
  public static final LogitOptions DEFAULT = new LogitOptions(1, Double.POSITIVE_INFINITY);

  /** Checks the options. */
  public LogitOptions {
    Arguments.requirePositive("temperature", temperature);
    Arguments.require(softcap > 0, "softcap", softcap, "> 0");
  }

  /** These options with another temperature. */
  public LogitOptions withTemperature(double temperature) {
    return new LogitOptions(temperature, softcap);
  }

  /** These options with a softcap. */
  public LogitOptions withSoftcap(double softcap) {
    return new LogitOptions(temperature, softcap);
  }
}
