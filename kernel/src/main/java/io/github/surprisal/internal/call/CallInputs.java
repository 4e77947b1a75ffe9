package io.github.surprisal.internal.call;

import io.github.surprisal.LossSum;
import io.github.surprisal.Reduction;
import io.github.surprisal.Workspace;

/**
 * What every call may bring along besides its matrices. Set in a copy before anyone else sees it,
 * then never again.
 */
public final class CallInputs implements Cloneable {
  public float[] weightsF32;
  public double[] weightsF64;
  public boolean[] mask;
  public long[] maskBits;
  public double upstream = 1;
  public float[] upstreamsF32;
  public double[] upstreamsF64;
  public float[] lossesF32;
  public double[] lossesF64;
  public LossSum sum;
  public Workspace workspace;

  @Override
  public CallInputs clone() {
    try {
      return (CallInputs) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** Weights, one of them null. */
  public void setWeights(float[] floats, double[] doubles) {
    weightsF32 = floats;
    weightsF64 = doubles;
  }

  /** Which count, one of them null. */
  public void setMask(boolean[] kept, long[] bits) {
    mask = kept;
    maskBits = bits;
  }

  /** Upstream factors, one of them null. */
  public void setUpstreams(float[] floats, double[] doubles) {
    upstreamsF32 = floats;
    upstreamsF64 = doubles;
  }

  /** Where losses go, one of them null. */
  public void setLosses(float[] floats, double[] doubles) {
    lossesF32 = floats;
    lossesF64 = doubles;
  }

  /** The weight of one; 1 if none was given. */
  public double weight(int i) {
    return weightsF32 != null ? weightsF32[i] : weightsF64 != null ? weightsF64[i] : 1;
  }

  /** Lists these arrays. */
  public void list(CallMemory memory) {
    memory.reads("weights", weightsF32 != null ? weightsF32 : weightsF64);
    memory.reads("mask", mask != null ? mask : maskBits);
    memory.reads("upstream", upstreamsF32 != null ? upstreamsF32 : upstreamsF64);
    memory.writes("losses", lossesF32 != null ? lossesF32 : lossesF64);
  }

  /** Refuses an array of upstream factors where there is but one loss. */
  public void requireUpstream(Reduction reduction) {
    boolean upstreams = upstreamsF32 != null || upstreamsF64 != null;
    if (upstreams && !reduction.isNone()) {
      throw new IllegalArgumentException(
          "upstream is an array, expected a number under reduction " + reduction);
    }
  }

  /** The workspace to use. */
  public Workspace workspace() {
    return workspace != null ? workspace : Access.ROOT.ofThread();
  }
}
