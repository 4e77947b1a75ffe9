package io.github.surprisal;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.LoopsF32;
import io.github.surprisal.pointwise.LoopsF64;

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
    wide = formula instanceof BuiltInFormula own ? LoopsF64.of(own.ofFloats()) : float64;
    parameters = formula.parameters();
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
  double evaluate(Workspace call, Reduction reduction, LossSum total) {
    var batch = call.elements;
    var denominator = this.reduction.denominator(formula.denominator());
    try {
      if (total != null) {
        total.requireDenominator("loss", denominator);
      }
      batch.count();
      var usual = formula.denominator();
      double weight = batch.totals.weight().value();
      batch.divideBy(
          reduction.divisor(usual, weight, batch.kept(), batch.length),
          reduction.dividesByWeights(usual));
      if (batch.predictions.arrayF32 != null) {
        call.pointwise.run(batch, float32, wide);
      } else {
        call.pointwise.run(batch, float64);
      }
      batch.finish();
      if (total != null) {
        total.add(denominator, batch.totals, batch.kept(), batch.length);
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

  private Workspace start(float[] p32, double[] p64, float[] t32, double[] t64) {
    int n = p32 != null ? p32.length : p64.length;
    requireForm(p32 != null);
    PointwiseArguments.requireTargets(t32 != null ? t32.length : t64.length, n);
    PointwiseArguments.requireParameter(formula, parameters, n, false);
    var call = Workspace.ofThread();
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
  Workspace start(Elements from, Matrix gradient, Matrix parameterGradient, Matrix hessian) {
    from.requireUpstream(reduction);
    requireForm(from.predictions.floats() != null);
    PointwiseArguments.requireParameter(formula, parameters, from.count(), from.parameter != null);
    var call = from.workspace();
    PointwiseArguments.requireOutputs(call.memory, from, gradient, parameterGradient, hessian);
    var batch = call.elements;
    batch.length = from.count();
    batch.columns = from.predictions.columns();
    RowCall.set(batch.predictions, from.predictions);
    RowCall.set(batch.targets, from.targets);
    RowCall.set(batch.parameter, from.parameter);
    RowCall.set(batch.gradient, gradient);
    RowCall.set(batch.parameterGradient, parameterGradient);
    RowCall.set(batch.hessian, hessian);
    batch.parameters = parameters;
    batch.mask = from.mask;
    batch.maskBits = from.maskBits;
    batch.weights.set(from.weightsF32, from.weightsF64);
    batch.rowWeights.set(from.rowWeightsF32, from.rowWeightsF64);
    batch.upstream = from.upstream;
    batch.upstreams.set(from.upstreamsF32, from.upstreamsF64);
    batch.losses.set(from.lossesF32, from.lossesF64);
    return call;
  }
}
