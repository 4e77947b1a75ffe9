package io.github.surprisal.bench.workload;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.formula.FormulaF64;
import io.github.surprisal.pointwise.Huber;
import jdk.incubator.vector.FloatVector;

/**
 * A user's own formula, on the public API alone: Huber's, to be measured beside the built-in one,
 * whose form for doubles it takes.
 */
record OwnHuber(float delta) implements Formula, FormulaF32 {
  @Override
  public FormulaF32 float32() {
    return this;
  }

  @Override
  public FormulaF64 float64() {
    return new Huber(delta).float64();
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    var d = p.sub(t).abs();
    var m = d.blend(delta, d.compare(GT, delta));
    return d.sub(m.mul(0.5f)).mul(m);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    var d = p.sub(t);
    d = d.blend(delta, d.compare(GT, delta));
    return d.blend(-delta, d.compare(LT, -delta));
  }
}
