package io.github.surprisal.bench.peer;

import java.util.Map;

/**
 * A pointwise loss as one writes it in plain Java, stable, with what {@link Math} has.
 *
 * @param value of prediction and target
 * @param slope its derivative by the prediction
 */
record PlainFormula(Term value, Term slope) {
  /** A function of prediction and target. */
  @FunctionalInterface
  interface Term {
    float of(float p, float t);
  }

  private static final float ALPHA = 0.25f;

  /** With the usual options. */
  static final Map<String, PlainFormula> BY_LOSS =
      Map.ofEntries(
          entry("mse", (p, t) -> (p - t) * (p - t), (p, t) -> 2 * (p - t)),
          entry("half_mse", (p, t) -> (p - t) * (p - t) / 2, (p, t) -> p - t),
          entry("l1", (p, t) -> Math.abs(p - t), (p, t) -> Math.signum(p - t)),
          entry("huber", PlainFormula::huber, (p, t) -> Math.clamp(p - t, -1f, 1f)),
          entry("smooth_l1", PlainFormula::huber, (p, t) -> Math.clamp(p - t, -1f, 1f)),
          entry("log_cosh", PlainFormula::logCosh, (p, t) -> (float) Math.tanh(p - t)),
          entry("hinge", (p, t) -> Math.max(0, 1 - t * p), (p, t) -> t * p < 1 ? -t : 0),
          entry("soft_margin", (p, t) -> softplus(-t * p), (p, t) -> -t * sigmoid(-t * p)),
          entry(
              "binary_cross_entropy_with_logits",
              (p, t) -> Math.max(p, 0) - p * t + (float) Math.log1p(Math.exp(-Math.abs(p))),
              (p, t) -> sigmoid(p) - t),
          entry("sigmoid_focal", PlainFormula::focal, PlainFormula::focalSlope),
          entry(
              "poisson_nll",
              (p, t) -> (float) Math.exp(p) - t * p,
              (p, t) -> (float) Math.exp(p) - t));

  private static Map.Entry<String, PlainFormula> entry(String loss, Term value, Term slope) {
    return Map.entry(loss, new PlainFormula(value, slope));
  }

  private static float huber(float p, float t) {
    float d = Math.abs(p - t);
    return d <= 1 ? d * d / 2 : d - 0.5f;
  }

  private static float logCosh(float p, float t) {
    double d = Math.abs(p - t);
    return (float) (d + Math.log1p(Math.exp(-2 * d)) - Math.log(2));
  }

  private static float softplus(float x) {
    return Math.max(x, 0) + (float) Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  /** alpha_t m^2 s, with m = sigmoid(z), s = softplus(z), z = -x for a target of 1. */
  private static float focal(float x, float t) {
    float z = t == 1 ? -x : x;
    float m = sigmoid(z);
    return (t == 1 ? ALPHA : 1 - ALPHA) * m * m * softplus(z);
  }

  private static float focalSlope(float x, float t) {
    float z = t == 1 ? -x : x;
    float m = sigmoid(z);
    float slope = m * m * (m + 2 * (1 - m) * softplus(z));
    return t == 1 ? -ALPHA * slope : (1 - ALPHA) * slope;
  }
}
