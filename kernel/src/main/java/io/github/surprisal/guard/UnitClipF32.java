package io.github.surprisal.guard;

import io.github.surprisal.internal.guard.NormF32;
import io.github.surprisal.internal.guard.ValuesF32;
import io.github.surprisal.internal.lane.Provider;
import java.util.Objects;

/** Clips the rows of a gradient of float32 by the norms of the rows of its parameters. */
final class UnitClipF32 {
  private final ValuesF32 values = new ValuesF32(Provider.SIMD);
  private final NormF32 ofParameters = new NormF32(Provider.SIMD);
  private final NormF32 ofGradient = new NormF32(Provider.SIMD);
  private final float[][] parameters = new float[1][];
  private final float[][] gradient = new float[1][];

  void clip(ClipByUnit clip, float[] parameters, float[] gradient, int units, ClipResult result) {
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(result, "result");
    ClipByUnit.require(parameters == gradient, parameters.length, gradient.length, units);
    this.parameters[0] = parameters;
    this.gradient[0] = gradient;
    try {
      result.reset();
      values.look(this.gradient);
      result.see(values.nonFinite());
      if (result.nonFinite == 0 || clip.nonFinite() != NonFinite.ERROR) {
        int n = gradient.length / units;
        for (int unit = 0; unit < units; unit++) {
          unit(clip, unit * n, unit * n + n, result);
        }
      } else {
        result.goesOn(clip.nonFinite());
      }
    } finally {
      this.parameters[0] = null;
      this.gradient[0] = null;
      ofParameters.forget();
      ofGradient.forget();
    }
  }

  private void unit(ClipByUnit clip, int from, int to, ClipResult result) {
    ofGradient.of(gradient, from, to, Norm.TWO);
    ofParameters.of(parameters, from, to, Norm.TWO);
    boolean isBad = ofGradient.nonFinite().count() > 0 && clip.nonFinite() == NonFinite.SKIP;
    if (isBad || ofParameters.nonFinite().count() > 0) {
      result.skipped++;
      return;
    }
    double limit = clip.factor() * Math.max(clip.epsilon(), ofParameters.finiteNorm());
    limit = Math.clamp(limit, Double.MIN_VALUE, Double.MAX_VALUE);
    if (ofGradient.isAbove(limit)) {
      ofGradient.scaleTo(limit);
      result.clipped++;
    }
  }
}
