package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.softmax.loop.MaximumOperandsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import io.github.surprisal.internal.softmax.loop.SumKind;
import io.github.surprisal.internal.softmax.loop.SumOperandsF32;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;

/** The loops of divergences, over vectors or their scalar twins. */
final class DistillationLoopsF32 {
  private static final Lookup LOOKUP = MethodHandles.lookup();

  final List<Loop<DivergenceOperandsF32>> kullbackLeibler;
  final List<Loop<DivergenceOperandsF32>> jensenShannon;
  final List<Loop<DivergenceOperandsF32>> totalVariation;
  final Loop<PairGradientOperandsF32> difference;
  final Loop<PairGradientOperandsF32> centred;
  final Loop<MaximumOperandsF32> index;
  final Loop<SumOperandsF32> logRatio;

  DistillationLoopsF32(boolean simd) {
    kullbackLeibler = List.of(of(simd ? KullbackLeiblerF32.class : KullbackLeiblerF32Twin.class));
    jensenShannon =
        List.of(
            of(simd ? JensenShannonF32.Change.class : JensenShannonF32Twin.Change.class),
            of(simd ? JensenShannonF32.LogMixture.class : JensenShannonF32Twin.LogMixture.class),
            of(simd ? JensenShannonF32.Terms.class : JensenShannonF32Twin.Terms.class));
    totalVariation = List.of(of(simd ? TotalVariationF32.class : TotalVariationF32Twin.class));
    difference = gradient(simd, PairGradientKind.DIFFERENCE);
    index = SoftmaxLoopsF32.of(simd).index();
    logRatio = SoftmaxLoopsF32.of(simd).sum(SumKind.LOG_RATIO);
    centred = gradient(simd, PairGradientKind.CENTRED);
  }

  private static Loop<DivergenceOperandsF32> of(Class<?> form) {
    try {
      return Loop.of(MethodHandles.privateLookupIn(form, LOOKUP), DivergenceOperandsF32.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError(form.getName(), e);
    }
  }

  private static Loop<PairGradientOperandsF32> gradient(boolean simd, PairGradientKind kind) {
    Class<?> form = simd ? PairGradientF32.class : PairGradientF32Twin.class;
    return Loop.copy(LOOKUP, form, PairGradientOperandsF32.class, kind);
  }
}
