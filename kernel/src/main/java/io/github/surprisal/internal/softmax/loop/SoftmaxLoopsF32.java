package io.github.surprisal.internal.softmax.loop;

import io.github.surprisal.internal.loop.Loop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loops of a softmax, over vectors or their scalar twins, each made when first asked for. Where
 * two threads make the same one, either will do.
 */
public final class SoftmaxLoopsF32 {
  private static final Lookup LOOKUP = MethodHandles.lookup();
  private static final SoftmaxLoopsF32 VECTORS = new SoftmaxLoopsF32(true);
  private static final SoftmaxLoopsF32 TWINS = new SoftmaxLoopsF32(false);

  private final boolean simd;
  private final Map<Object, Loop<?>> loops = new ConcurrentHashMap<>();

  private SoftmaxLoopsF32(boolean simd) {
    this.simd = simd;
  }

  /** Those over vectors, or the twins. */
  public static SoftmaxLoopsF32 of(boolean simd) {
    return simd ? VECTORS : TWINS;
  }

  /** A copy for a kind; kinds of all templates differ. */
  @SuppressWarnings("unchecked")
  private <A> Loop<A> copy(Class<?> vectors, Class<?> twin, Class<A> operands, Object kind) {
    Loop<?> loop = loops.get(kind);
    if (loop == null) {
      loop = Loop.copy(LOOKUP, simd ? vectors : twin, operands, kind);
      loops.put(kind, loop);
    }
    return (Loop<A>) loop;
  }

  /** See {@link HessianF32}. */
  public Loop<HessianOperandsF32> hessian() {
    return copy(HessianF32.class, HessianF32Twin.class, HessianOperandsF32.class, "hessian");
  }

  /** See {@link SoftcapF32}. */
  public Loop<SoftcapOperandsF32> softcap() {
    return copy(SoftcapF32.class, SoftcapF32Twin.class, SoftcapOperandsF32.class, "softcap");
  }

  /** See {@link MaximumF32}. */
  public Loop<MaximumOperandsF32> maximum() {
    return copy(MaximumF32.class, MaximumF32Twin.class, MaximumOperandsF32.class, "maximum");
  }

  /** See {@link IndexF32}. */
  public Loop<MaximumOperandsF32> index() {
    return copy(IndexF32.class, IndexF32Twin.class, MaximumOperandsF32.class, "index");
  }

  /** See {@link ExponentialsF32}. */
  public Loop<ExponentialsOperandsF32> exponentials(ExponentialsKind kind) {
    return copy(
        ExponentialsF32.class, ExponentialsF32Twin.class, ExponentialsOperandsF32.class, kind);
  }

  /** See {@link GradientF32}. */
  public Loop<GradientOperandsF32> gradient(GradientKind kind) {
    return copy(GradientF32.class, GradientF32Twin.class, GradientOperandsF32.class, kind);
  }

  /** See {@link SumF32}. */
  public Loop<SumOperandsF32> sum(SumKind kind) {
    return copy(SumF32.class, SumF32Twin.class, SumOperandsF32.class, kind);
  }

  /** See {@link RowMapF32}. */
  public Loop<RowMapOperandsF32> map(RowMapKind kind) {
    return copy(RowMapF32.class, RowMapF32Twin.class, RowMapOperandsF32.class, kind);
  }
}
