package io.github.surprisal.pointwise;

import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.internal.call.Access;
import io.github.surprisal.internal.call.Matrices;
import io.github.surprisal.internal.pointwise.LoopsF32;
import io.github.surprisal.internal.pointwise.LoopsF64;

/** Calls of a pointwise loss: from their arguments to the reduced loss, in a workspace's batch. */
final class PointwiseCall {
  final Formula formula;
  final Reduction reduction;
  private final LoopsF32 float32;
  private final LoopsF64 float64;

  /** Of floats whose sum overflows. */
  private final LoopsF64 wide;

  private final double[] parameters;

  PointwiseCall(Formula formula, Reduction reduction) {
    this.formula = formula;
    this.reduction = reduction;
    float32 = LoopsF32.of(formula);
    float64 = LoopsF64.of(formula);
    wide = formula instanceof BuiltInFormula own ? LoopsF64.of(Thresholds.ofFloats(own)) : float64;
    parameters = formula.parameterValues();
  }

  /** Predictions and targets one after the other; no gradient if it is null. */
  double evaluate(float[] predictions, float[] targets, float[] gradient) {
    var call = start(predictions, null, targets, null);
    call.elements.gradient.set(gradient, null, 0, predictions.length);
    return evaluate(call, reduction, null);
  }

  /** Predictions and targets one after the other; no gradient if it is null. */
  double evaluate(double[] predictions, double[] targets, double[] gradient) {
    var call = start(null, predictions, null, targets);
    call.elements.gradient.set(null, gradient, 0, predictions.length);
    return evaluate(call, reduction, null);
  }

  /** Ends a call that was started. */
  double evaluate(ElementScratch call, Reduction reduction, LossSum total) {
    var batch = call.elements;
    var denominator = Access.ROOT.denominator(this.reduction, formula.denominator());
    try {
      if (total != null) {
        Access.ROOT.requireDenominator(total, "loss", denominator);
      }
      batch.count();
      var usual = formula.denominator();
      double weight = batch.totals.weight().value();
      batch.divideBy(
          Access.ROOT.divisor(reduction, usual, weight, batch.kept(), batch.length),
          Access.ROOT.dividesByWeights(reduction, usual));
      if (batch.predictions.arrayF32 != null) {
        call.pointwise.run(batch, float32, wide);
      } else {
        call.pointwise.run(batch, float64);
      }
      batch.finish();
      if (total != null) {
        Access.ROOT.add(total, denominator, batch.totals, batch.kept(), batch.length);
      }
      return batch.totals.reduced(batch.kept());
    } finally {
      batch.clear();
    }
  }

  private void requireForm(boolean isFloat32) {
    if (isFloat32) {
      PointwiseArguments.requireForm(formula, float32, "float");
    } else {
      PointwiseArguments.requireForm(formula, float64, "double");
    }
  }

  private ElementScratch start(float[] p32, double[] p64, float[] t32, double[] t64) {
    int n = p32 != null ? p32.length : p64.length;
    requireForm(p32 != null);
    PointwiseArguments.requireTargets(t32 != null ? t32.length : t64.length, n);
    PointwiseArguments.requireParameter(formula, parameters, n, false);
    var call = ElementScratch.ofThread();
    var batch = call.elements;
    batch.length = n;
    batch.columns = n;
    batch.predictions.set(p32, p64, 0, n);
    batch.targets.set(t32, t64, 0, n);
    batch.parameters = parameters;
    batch.upstream = 1;
    return call;
  }

  /** Begins a call; derivatives that are not wanted are null. */
  ElementScratch start(Elements from, Matrix gradient, Matrix parameterGradient, Matrix hessian) {
    from.common().requireUpstream(reduction);
    requireForm(from.predictions.floats() != null);
    PointwiseArguments.requireParameter(formula, parameters, from.count(), from.parameter != null);
    var call = ElementScratch.of(from.common().workspace());
    PointwiseArguments.requireOutputs(call.memory, from, gradient, parameterGradient, hessian);
    var batch = call.elements;
    batch.length = from.count();
    batch.columns = from.predictions.columns();
    Matrices.show(from.predictions, batch.predictions);
    Matrices.show(from.targets, batch.targets);
    Matrices.show(from.parameter, batch.parameter);
    Matrices.show(gradient, batch.gradient);
    Matrices.show(parameterGradient, batch.parameterGradient);
    Matrices.show(hessian, batch.hessian);
    batch.parameters = parameters;
    var given = from.common();
    batch.mask.set(given.mask, given.maskBits);
    batch.weights.set(given.weightsF32, given.weightsF64);
    batch.rowWeights.set(from.rowWeightsF32, from.rowWeightsF64);
    batch.upstream = given.upstream;
    batch.upstreams.set(given.upstreamsF32, given.upstreamsF64);
    batch.losses.set(given.lossesF32, given.lossesF64);
    return call;
  }
}
