package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;

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
  public void finish(RowGroup group, double unit, double scale) {
    for (int i = 0; i < group.size; i += F64.length()) {
      DoubleVector max = fromArray(F64, group.max, i);
      DoubleVector label = fromArray(F64, group.labelLogit, i);
      DoubleVector inverse = fromArray(F64, group.inverse, i);
      DoubleVector nll = max.sub(label).mul(unit).add(fromArray(F64, group.logRest, i));
      nll.intoArray(group.loss, i);
      nll.intoArray(group.nll, i);
      inverse.mul(scale).intoArray(group.slope, i);
      DoubleVector p = fromArray(F64, group.labelExp, i).mul(inverse);
      DoubleVector others =
          broadcast(F64, 1.0)
              .sub(p)
              .blend(fromArray(F64, group.rest, i).mul(inverse), label.compare(EQ, max));
      zero(F64).intoArray(group.uniform, i);
      zero(F64).sub(others).mul(scale).intoArray(group.labelGradient, i);
    }
  }
}
