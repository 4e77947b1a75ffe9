package io.github.surprisal.guard;

import io.github.surprisal.internal.guard.NormF32;
import io.github.surprisal.internal.lane.Provider;
import java.util.Objects;

/** Clips many arrays of float32 by their common norm. */
final class NormClipF32 {
  private final NormF32 norm = new NormF32(Provider.SIMD);
  private final float[][] one = new float[1][];

  /** One array as the only one of many. */
  float[][] only(float[] gradient) {
    one[0] = Objects.requireNonNull(gradient, "gradient");
    return one;
  }

  /** Lets go of the arrays. */
  void forget() {
    one[0] = null;
    norm.forget();
  }

  /** Refuses arrays of which one is missing or comes twice: it would be scaled twice. */
  static void require(float[][] gradients) {
    Objects.requireNonNull(gradients, "gradients");
    for (int i = 0; i < gradients.length; i++) {
      float[] array = gradients[i];
      if (array == null) {
        throw new NullPointerException("gradients[" + i + "]");
      }
      for (int j = 0; j < i; j++) {
        if (gradients[j] == array) {
          throw new IllegalArgumentException(
              "gradients[%d] is gradients[%d], expected each array once".formatted(i, j));
        }
      }
    }
  }

  /** Fills in the norm, and what is not finite; returns whether to go on. */
  boolean measure(float[][] gradients, Norm kind, NonFinite policy, ClipResult result) {
    result.reset();
    norm.of(gradients, kind);
    result.finiteNorm = norm.finiteNorm();
    result.see(norm.nonFinite());
    return result.goesOn(policy);
  }

  /** Clips and lets go of the arrays. */
  void clip(float[][] gradients, ClipByNorm clip, ClipResult result) {
    try {
      if (measure(gradients, clip.norm(), clip.nonFinite(), result)) {
        clip(clip.maxNorm(), result);
      }
    } finally {
      forget();
    }
  }

  /** Clips by what the norms before tell, and lets go of the arrays. */
  void clip(float[][] gradients, ClipByZScore clip, ClipResult result) {
    try {
      if (measure(gradients, Norm.TWO, clip.nonFinite(), result)) {
        double limit = clip.limit(result);
        if (result.finiteNorm > limit) {
          clip(limit, result);
        }
        clip.learn(limit, result);
      }
    } finally {
      forget();
    }
  }

  /** Scales what was measured down to {@code maxNorm}, where it is above. */
  void clip(double maxNorm, ClipResult result) {
    if (norm.isAbove(maxNorm)) {
      result.scale = norm.scaleTo(maxNorm);
      result.clipped = 1;
    }
  }
}
