package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Every loss that cases may name, with how each engine is called for it. */
public final class CaseLosses {
  private static final Map<String, Loss> BY_NAME = new TreeMap<>();

  static {
    ClassificationTable.ALL.forEach(loss -> BY_NAME.put(loss.name(), loss));
    DistillationTable.ALL.forEach(loss -> BY_NAME.put(loss.name(), loss));
    RowFunctionLoss.ALL.forEach(loss -> BY_NAME.put(loss.name(), loss));
    PointwiseCaseLoss.ALL.forEach(loss -> BY_NAME.put(loss.name(), loss));
  }

  private CaseLosses() {}

  /** All of them, by name. */
  public static Collection<Loss> all() {
    return BY_NAME.values();
  }

  /** The loss of this name. */
  public static Loss named(String name) throws CaseException {
    Loss loss = BY_NAME.get(name);
    if (loss == null) {
      throw CaseException.of(
          "loss", '"' + name + '"', "one of " + String.join(", ", BY_NAME.keySet()));
    }
    return loss;
  }

  /** How far results of the loss of this name may be from the oracle's. */
  public static AllowedErrors allowedErrors(String name) {
    Loss loss = BY_NAME.get(name);
    return new AllowedErrors(loss == null ? null : loss.bounds());
  }
}
