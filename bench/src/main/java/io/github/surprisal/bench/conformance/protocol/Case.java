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
 * @param want outputs to give
 */
public record Case(
    Dtype dtype, Map<String, Tensor> inputs, Options options, Tensor upstream, Set<String> want) {
  /** What a case wants that does not say. */
  static final Set<String> USUAL = Set.of("loss", "gradients");

  /** Whether an output is wanted. */
  public boolean wants(String output) {
    return want.contains(output);
  }

  /** An input that the loss cannot do without. */
  public Tensor required(String name) throws CaseException {
    Tensor input = inputs.get(name);
    if (input == null) {
      throw new CaseException("inputs." + name + " is missing");
    }
    return input;
  }

  /** An input that the loss cannot do without, of this shape. */
  public Tensor required(String name, int[] shape, String of) throws CaseException {
    Tensor input = required(name);
    input.requireShape(name, shape, of);
    return input;
  }

  /** An input, or an option that is a number or a list; null if neither is there. */
  public Tensor inputOrOption(String name) throws CaseException {
    Tensor option =
        options.isNumber(name)
            ? Tensor.scalar(options.number(name, 0))
            : Tensor.vector(options.list(name));
    Tensor input = inputs.get(name);
    if (input != null && option != null) {
      throw new CaseException(name + " is given twice, expected it in inputs or in options");
    }
    return input == null ? option : input;
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
