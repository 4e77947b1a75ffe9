package io.github.surprisal.bench.conformance.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a loss gave; null where it was not wanted.
 *
 * @param loss the loss
 * @param gradients by input
 * @param hessian the second derivative of each element's loss
 * @param sum the numbers of a loss sum, by name; counts are {@code Long}, all else {@code Double}
 * @param rows further numbers of each row, by name
 */
public record Outcome(
    Tensor loss,
    Map<String, Tensor> gradients,
    Tensor hessian,
    Map<String, Number> sum,
    Map<String, Tensor> rows) {
  /** All numbers, under the names "loss", "gradients.INPUT", "hessian", "sum.NAME", "rows.NAME". */
  public Map<String, Tensor> named() {
    Map<String, Tensor> named = new LinkedHashMap<>();
    if (loss != null) {
      named.put("loss", loss);
    }
    if (gradients != null) {
      gradients.forEach((input, gradient) -> named.put("gradients." + input, gradient));
    }
    if (hessian != null) {
      named.put("hessian", hessian);
    }
    if (sum != null) {
      sum.forEach((name, value) -> named.put("sum." + name, Tensor.scalar(value.doubleValue())));
    }
    if (rows != null) {
      rows.forEach((name, numbers) -> named.put("rows." + name, numbers));
    }
    return named;
  }
}
