package io.github.surprisal.bench.conformance.protocol;

import java.util.Map;
import java.util.Set;

/**
 * A case as it was written, its numbers rounded to its dtype.
 *
 * @param dtype type of the floating inputs and of the results
 * @param inputs by name
 * @param options by name
 * @param upstream derivative of the objective by the loss, or null for 1
 * @param want outputs to give, of {@link #OUTPUTS}
 */
public record Case(
    Dtype dtype, Map<String, Tensor> inputs, Options options, Tensor upstream, Set<String> want) {
  /** All that {@link #want} may name. */
  public static final Set<String> OUTPUTS = Set.of("loss", "gradients", "sum");

  /** What a case wants that does not say. */
  static final Set<String> USUAL = Set.of("loss", "gradients");

  /** An input that the loss cannot do without. */
  public Tensor required(String name) throws CaseException {
    Tensor input = inputs.get(name);
    if (input == null) {
      throw new CaseException("inputs." + name + " is missing");
    }
    return input;
  }

  /** The data of an input that must have this shape, or null if it is not there. */
  public Tensor optional(String name, int[] shape, String of) throws CaseException {
    Tensor input = inputs.get(name);
    if (input != null) {
      input.requireShape(name, shape, of);
    }
    return input;
  }
}
