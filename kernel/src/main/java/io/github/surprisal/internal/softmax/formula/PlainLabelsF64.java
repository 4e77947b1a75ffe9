package io.github.surprisal.internal.softmax.formula;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import jdk.incubator.vector.DoubleVector;

/**
 * What {@link CrossEntropyTerms} makes of a label's own mass t = 1 and no other:
 *
 * <pre>
 *   loss = (m - z_y) + logRest,   slope = scale / (e_k + rest)
 *   gradient_y = -scale (1 - p_y),   1 - p_y = rest / (e_k + rest) where z_y = m
 * </pre>
 */
final class PlainLabelsF64 implements PlainLabels {
  @Override
  public void finish(int rows, SoftmaxScalars s, GradientScalars out, double unit, double scale) {
    for (int i = 0; i < rows; i += F64.length()) {
      DoubleVector max = fromArray(F64, s.max, i);
      DoubleVector label = fromArray(F64, s.labelLogit, i);
      DoubleVector inverse = fromArray(F64, s.inverse, i);
      DoubleVector nll = max.sub(label).mul(unit).add(fromArray(F64, s.logRest, i));
      nll.intoArray(out.loss, i);
      nll.intoArray(out.nll, i);
      inverse.mul(scale).intoArray(out.slope, i);
      DoubleVector p = fromArray(F64, s.labelExp, i).mul(inverse);
      DoubleVector others =
          broadcast(F64, 1.0)
              .sub(p)
              .blend(fromArray(F64, s.rest, i).mul(inverse), label.compare(EQ, max));
      zero(F64).intoArray(out.uniform, i);
      zero(F64).sub(others).mul(scale).intoArray(out.atLabel, i);
    }
  }
}
