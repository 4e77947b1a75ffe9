package io.github.surprisal.guard;

import io.github.surprisal.internal.guard.ValuesF32;
import io.github.surprisal.internal.lane.Provider;

/** Clips many arrays of float32 element by element. */
final class ValueClipF32 {
  private final ValuesF32 values = new ValuesF32(Provider.SIMD);

  void clip(float[][] gradients, double limit, NonFinite policy, ClipResult result) {
    result.reset();
    values.look(gradients);
    result.see(values.nonFinite());
    if (result.goesOn(policy)) {
      result.clipped = values.clamp(gradients, limit);
    }
  }
}
