package io.github.surprisal;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * What every call may bring along: weights, mask, upstream factors, and where losses and totals go;
 * one a row for losses of rows, one an element for pointwise losses.
 *
 * <p>Immutable; arrays are referenced, not copied, so inputs can be built once and used for every
 * step that refills their arrays, with no garbage.
 *
 * @param <I> the inputs themselves
 */
public abstract sealed class Inputs<I extends Inputs<I>> implements Cloneable
    permits Batch, Elements {
  // Set in a copy before anyone else sees it, then never again.
  float[] weightsF32;
  double[] weightsF64;
  boolean[] mask;
  double upstream = 1;
  float[] upstreamsF32;
  double[] upstreamsF64;
  float[] lossesF32;
  double[] lossesF64;
  LossSum sum;
  Workspace workspace;

  Inputs() {}

  /** The number of rows or elements. */
  abstract int count();

  /** "a row" or "an element". */
  abstract String each();

  /**
   * The number weighs each; 0 masks it, and it may have any sign and size. Policy gradients weigh
   * the log-probability of each action by its advantage:
   *
   * <pre>{@code
   * var loss = CrossEntropy.builder().reduction(Reduction.mean(Denominator.KEPT)).build();
   * loss.lossAndGradient(Batch.of(logits, actions).weights(advantages), gradient);
   * }</pre>
   *
   * <p>Divide by a count then: weights of either sign may add up to nothing.
   */
  public final I weights(float[] weights) {
    Objects.requireNonNull(weights, "weights");
    requireLength("weights", weights.length);
    return with(inputs -> inputs.setWeights(weights, null));
  }

  /** The same in double. */
  public final I weights(double[] weights) {
    Objects.requireNonNull(weights, "weights");
    requireLength("weights", weights.length);
    return with(inputs -> inputs.setWeights(null, weights));
  }

  /** True for each that counts. Nothing of another is read. */
  public final I mask(boolean[] kept) {
    Objects.requireNonNull(kept, "kept");
    requireLength("mask", kept.length);
    return with(inputs -> inputs.mask = kept);
  }

  /** The derivative of the objective by the loss: a factor of the whole gradient; default 1. */
  public final I upstream(double factor) {
    return with(inputs -> inputs.upstream = factor);
  }

  /** A factor for each one's gradient, under {@link Reduction#NONE}. */
  public final I upstream(float[] factors) {
    Objects.requireNonNull(factors, "factors");
    requireLength("upstream", factors.length);
    return with(inputs -> inputs.setUpstreams(factors, null));
  }

  /** A factor for each one's gradient, under {@link Reduction#NONE}. */
  public final I upstream(double[] factors) {
    Objects.requireNonNull(factors, "factors");
    requireLength("upstream", factors.length);
    return with(inputs -> inputs.setUpstreams(null, factors));
  }

  /** Where the weighted loss of each goes; 0 for a masked one. Not divided by anything. */
  public final I losses(float[] losses) {
    Objects.requireNonNull(losses, "losses");
    requireLength("losses", losses.length);
    return with(inputs -> inputs.setLosses(losses, null));
  }

  /** Where the weighted loss of each goes; 0 for a masked one. Not divided by anything. */
  public final I losses(double[] losses) {
    Objects.requireNonNull(losses, "losses");
    requireLength("losses", losses.length);
    return with(inputs -> inputs.setLosses(null, losses));
  }

  /** What the call's totals are added to. */
  public final I sum(LossSum sum) {
    Objects.requireNonNull(sum, "sum");
    return with(inputs -> inputs.sum = sum);
  }

  /** The scratch memory to use instead of the thread's own. */
  public final I workspace(Workspace workspace) {
    Objects.requireNonNull(workspace, "workspace");
    return with(inputs -> inputs.workspace = workspace);
  }

  /** What was given, arrays of more than a few elements by type and length. */
  @Override
  public final String toString() {
    return Fields.text(this);
  }

  /** The weight of one; 1 if none was given. */
  final double weight(int i) {
    return weightsF32 != null ? weightsF32[i] : weightsF64 != null ? weightsF64[i] : 1;
  }

  void setWeights(float[] floats, double[] doubles) {
    weightsF32 = floats;
    weightsF64 = doubles;
  }

  void setUpstreams(float[] floats, double[] doubles) {
    upstreamsF32 = floats;
    upstreamsF64 = doubles;
  }

  void setLosses(float[] floats, double[] doubles) {
    lossesF32 = floats;
    lossesF64 = doubles;
  }

  /** A copy with a change. */
  final I with(Consumer<I> change) {
    try {
      @SuppressWarnings("unchecked")
      I copy = (I) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  final void requireLength(String name, int length) {
    if (length != count()) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected one %s, %d".formatted(name, length, each(), count()));
    }
  }

  /** Lists these arrays. */
  final void list(CallMemory memory) {
    memory.reads("weights", weightsF32 != null ? weightsF32 : weightsF64);
    memory.reads("mask", mask);
    memory.reads("upstream", upstreamsF32 != null ? upstreamsF32 : upstreamsF64);
    memory.writes("losses", lossesF32 != null ? lossesF32 : lossesF64);
  }

  /** Refuses an array of upstream factors where there is but one loss. */
  final void requireUpstream(Reduction reduction) {
    boolean upstreams = upstreamsF32 != null || upstreamsF64 != null;
    if (upstreams && !reduction.isNone()) {
      throw new IllegalArgumentException(
          "upstream is an array, expected a number under reduction " + reduction);
    }
  }

  final Workspace workspace() {
    return workspace != null ? workspace : Workspace.ofThread();
  }
}
