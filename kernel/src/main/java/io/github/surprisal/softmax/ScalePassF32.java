package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.TemperatureF32;
import jdk.incubator.vector.FloatVector;

/** Shift and origin with which the exponentials of a row are near 1, and that of its maximum. */
final class ScalePassF32 implements PassF32 {
  @Override
  public void run(RowBufferF32 b) {
    TemperatureF32 t = b.temperature;
    boolean shifts = false;
    for (int r = 0; r < b.rows; r += F32.length()) {
      FloatVector max = fromArray(F32, b.max, r);
      FloatVector shift = ExpF32.shift(max, t.unshifted);
      FloatVector origin = ExpF32.origin(max.sub(shift), t.log2e);
      shift.intoArray(b.shift, r);
      shifts |= shift.compare(NE, 0f).anyTrue();
      origin.intoArray(b.origin, r);
      ExpF32.expScaled(max.sub(shift), origin, t.log2e, t.high, t.low, t.inverse)
          .intoArray(b.maxExp, r);
    }
    b.shifts = shifts;
  }
}
