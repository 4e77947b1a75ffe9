package io.github.surprisal;

import io.github.surprisal.internal.call.CallInputs;
import io.github.surprisal.internal.call.Fields;
import io.github.surprisal.internal.reduction.Indices;
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
@SuppressWarnings("exports") // protected, for this library
public abstract class Inputs<I extends Inputs<I>> implements Cloneable {
  private CallInputs given;

  /** Only this library can make such inputs. */
  protected Inputs(CallInputs given) {
    this.given = Objects.requireNonNull(given, "given");
  }

  /** The number of rows or elements. */
  protected abstract int count();

  /** "a row" or "an element". */
  protected abstract String each();

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
    return given(to -> to.setWeights(weights, null));
  }

  /** Weights in double, as {@link #weights(float[])} takes them in float. */
  public final I weights(double[] weights) {
    Objects.requireNonNull(weights, "weights");
    requireLength("weights", weights.length);
    return given(to -> to.setWeights(null, weights));
  }

  /** True for each that counts. Nothing of another is read. */
  public final I mask(boolean[] kept) {
    Objects.requireNonNull(kept, "kept");
    requireLength("mask", kept.length);
    return given(to -> to.setMask(kept, null));
  }

  /**
   * A bit for each that counts: bit i mod 64 of word i / 64, as in {@link
   * java.util.BitSet#toLongArray}. Nothing of another is read.
   */
  public final I mask(long[] bits) {
    Objects.requireNonNull(bits, "bits");
    int words = Indices.words(count());
    if (bits.length < words) {
      throw new IllegalArgumentException(
          "mask.length = %d, expected at least %d words for %d %ss"
              .formatted(bits.length, words, count(), each().substring(each().indexOf(' ') + 1)));
    }
    return given(to -> to.setMask(null, bits));
  }

  /** The derivative of the objective by the loss: a factor of the whole gradient; default 1. */
  public final I upstream(double factor) {
    return given(to -> to.upstream = factor);
  }

  /** A factor for each one's gradient, under {@link Reduction#NONE}. */
  public final I upstream(float[] factors) {
    Objects.requireNonNull(factors, "factors");
    requireLength("upstream", factors.length);
    return given(to -> to.setUpstreams(factors, null));
  }

  /** A factor for each one's gradient, under {@link Reduction#NONE}. */
  public final I upstream(double[] factors) {
    Objects.requireNonNull(factors, "factors");
    requireLength("upstream", factors.length);
    return given(to -> to.setUpstreams(null, factors));
  }

  /** Where the weighted loss of each goes; 0 for a masked one. Not divided by anything. */
  public final I losses(float[] losses) {
    Objects.requireNonNull(losses, "losses");
    requireLength("losses", losses.length);
    return given(to -> to.setLosses(losses, null));
  }

  /** Where the weighted loss of each goes; 0 for a masked one. Not divided by anything. */
  public final I losses(double[] losses) {
    Objects.requireNonNull(losses, "losses");
    requireLength("losses", losses.length);
    return given(to -> to.setLosses(null, losses));
  }

  /** What the call's totals are added to. */
  public final I sum(LossSum sum) {
    Objects.requireNonNull(sum, "sum");
    return given(to -> to.sum = sum);
  }

  /** The scratch memory to use instead of the thread's own. */
  public final I workspace(Workspace workspace) {
    Objects.requireNonNull(workspace, "workspace");
    return given(to -> to.workspace = workspace);
  }

  /** What was given, arrays of more than a few elements by type and length. */
  @Override
  public final String toString() {
    var all = Fields.of(this, field -> !field.getName().equals("given"));
    all.putAll(Fields.of(given, field -> true));
    return getClass().getSimpleName() + Fields.text(all);
  }

  /** What was given. */
  protected final CallInputs given() {
    return given;
  }

  /** A copy with a change. */
  protected final I with(Consumer<I> change) {
    try {
      @SuppressWarnings("unchecked")
      I copy = (I) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private I given(Consumer<CallInputs> change) {
    var changed = given.clone();
    change.accept(changed);
    return with(copy -> ((Inputs<?>) copy).given = changed);
  }

  /** Refuses an array of another length than one for each. */
  protected final void requireLength(String name, int length) {
    if (length != count()) {
      throw new IllegalArgumentException(
          "%s.length = %d, expected one %s, %d".formatted(name, length, each(), count()));
    }
  }
}
