package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Bounds;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Outcome;
import io.github.surprisal.bench.conformance.protocol.Signature;
import io.github.surprisal.bench.conformance.protocol.Signature.Kind;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.PointwiseReference;
import io.github.surprisal.reference.PointwiseResult;
import io.github.surprisal.reference.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The losses of a prediction and a target: all but the two formulas is common to them.
 *
 * @param name name of the loss
 * @param predictions name of the input that has the gradient
 * @param parameter the third number of each element
 * @param options default of each option of its own: a number, or a list of all that it may be, the
 *     default first
 * @param reductions words for reductions
 * @param powers the options that are exponents
 * @param kernel makes the kernel's formula
 * @param oracle makes the oracle's
 * @param bounds how large errors may be
 */
record PointwiseCaseLoss(
    String name,
    String predictions,
    Parameter parameter,
    Map<String, Object> options,
    List<String> reductions,
    List<String> powers,
    Function<PointwiseCase, Formula> kernel,
    Function<PointwiseCase, PointwiseFormula> oracle,
    Bounds bounds)
    implements Loss {
  /** What a loss may read of an element beside prediction and target. */
  enum Parameter {
    /** Nothing. */
    NONE(null, false),
    /** The weight of the positive class. */
    POSITIVE_WEIGHT("pos_weight", false),
    /** A variance, which has a gradient. */
    VARIANCE("variance", true),
    /** A scale, which has a gradient. */
    SCALE("scale", true);

    private final String input;
    private final boolean isPredicted;

    Parameter(String input, boolean isPredicted) {
      this.input = input;
      this.isPredicted = isPredicted;
    }

    /** The name of the input. */
    String input() {
      return input;
    }
  }

  /** With predictions, no parameter, and the usual reductions. */
  PointwiseCaseLoss(
      String name,
      Map<String, Object> options,
      Function<PointwiseCase, Formula> kernel,
      Function<PointwiseCase, PointwiseFormula> oracle,
      Bounds bounds) {
    this(
        name,
        "predictions",
        Parameter.NONE,
        options,
        Weighing.REDUCTIONS,
        List.of(),
        kernel,
        oracle,
        bounds);
  }

  /** The same of logits. */
  PointwiseCaseLoss ofLogits() {
    return new PointwiseCaseLoss(
        name, "logits", parameter, options, reductions, powers, kernel, oracle, bounds);
  }

  /** The same with a parameter. */
  PointwiseCaseLoss with(Parameter parameter) {
    return new PointwiseCaseLoss(
        name, predictions, parameter, options, reductions, powers, kernel, oracle, bounds);
  }

  /** The same, where these options are exponents. */
  PointwiseCaseLoss withPowers(String... powers) {
    return new PointwiseCaseLoss(
        name, predictions, parameter, options, reductions, List.of(powers), kernel, oracle, bounds);
  }

  /** The same, whose sum may be divided by the length of the first axis. */
  PointwiseCaseLoss withBatchMean() {
    List<String> more = Stream.concat(reductions.stream(), Stream.of(Weighing.BATCH_MEAN)).toList();
    return new PointwiseCaseLoss(
        name, predictions, parameter, options, more, powers, kernel, oracle, bounds);
  }

  @Override
  public Signature signature() {
    Map<String, Kind> inputs = new TreeMap<>();
    inputs.put(predictions, Kind.FLOATING);
    inputs.put("targets", Kind.FLOATING);
    inputs.put("weights", Kind.FLOATING);
    inputs.put("mask", Kind.INTEGER);
    Set<String> names = new TreeSet<>(options.keySet());
    names.addAll(Weighing.OPTIONS);
    names.add("convention");
    if (parameter != Parameter.NONE) {
      inputs.put(parameter.input, Kind.FLOATING);
    }
    if (parameter == Parameter.POSITIVE_WEIGHT) {
      names.add(parameter.input);
    }
    return new Signature(inputs, names, Set.of("loss", "gradients", "hessian", "sum"));
  }

  @Override
  public Outcome kernel(Case source) throws CaseException {
    var c = new PointwiseCase(source, this);
    if (c.convention != HessianConvention.EXACT) {
      underConvention(c);
    }
    var loss =
        PointwiseLoss.builder(kernel.apply(c))
            .reduction(c.weighing.kernelReduction())
            .hessianConvention(c.convention)
            .build();
    Elements elements = c.elements(parameter.isPredicted);
    // In double, so that they are rounded but once, to the type of the case.
    double[] losses = new double[c.count()];
    var sum = new LossSum();
    Elements observed = c.weighing.isNone() ? elements.losses(losses) : elements;
    observed = source.wants("sum") ? observed.sum(sum) : observed;
    Matrix gradient = c.matrix(new double[c.count()]);
    Matrix further = c.matrix(new double[c.count()]);
    double value;
    if (!source.wants("gradients")) {
      value = loss.loss(observed);
    } else if (parameter.isPredicted) {
      value = loss.lossAndGradients(observed, gradient, further);
    } else {
      value = loss.lossAndGradient(observed, gradient);
    }
    double[][] gradients = {Matrices.doubles(gradient), Matrices.doubles(further)};
    double[] hessian = null;
    if (source.wants("hessian")) {
      Matrix second = c.matrix(new double[c.count()]);
      loss.gradientAndHessian(elements, c.matrix(new double[c.count()]), second);
      hessian = Matrices.doubles(second);
    }
    return outcome(
        c,
        c.weighing.isNone() ? losses : new double[] {value},
        gradients,
        hessian,
        Totals.of(sum, false));
  }

  @Override
  public Truth reference(Case source) throws CaseException {
    var c = new PointwiseCase(source, this);
    PointwiseFormula formula =
        c.convention == HessianConvention.EXACT ? oracle.apply(c) : underConvention(c);
    Weighing weighing = c.weighing;
    PointwiseResult<?> result =
        new PointwiseReference(
                formula, weighing.referenceReduction(), weighing.referenceDenominator())
            .evaluate(c.batch());
    String usual = formula.defaultDenominator().toString().toLowerCase(Locale.ROOT);
    double divisor = weighing.divisor(result, c.count(), usual);
    double meanDivisor = weighing.meanDivisor(result, c.count(), usual);
    Precision precision = source.dtype().precision();
    var truth =
        outcome(
            c,
            weighing.isNone() ? result.losses(precision) : new double[] {result.loss(precision)},
            new double[][] {result.gradient(precision), result.extraGradient(precision)},
            result.hessian(precision),
            Totals.of(result, c.count(), false, meanDivisor));
    var scale = new PointwiseScale(c, result, divisor, meanDivisor);
    return new Truth(
        truth,
        outcome(
            c,
            scale.losses(),
            new double[][] {
              scale.gradient(result.gradientTerms(Precision.FLOAT64)),
              scale.gradient(result.extraGradientTerms(Precision.FLOAT64))
            },
            scale.hessian(),
            scale.sum()),
        c.count());
  }

  /** The oracle's formula under the case's convention, which must define it. */
  private PointwiseFormula underConvention(PointwiseCase c) throws CaseException {
    PointwiseFormula formula = oracle.apply(c);
    List<String> defined = new ArrayList<>(List.of("exact"));
    PointwiseFormula under = null;
    for (var convention : io.github.surprisal.reference.HessianConvention.values()) {
      try {
        var other = convention.of(formula);
        defined.add(convention.name().toLowerCase(Locale.ROOT));
        under = convention.name().equals(c.convention.name()) ? other : under;
      } catch (IllegalArgumentException e) {
        continue; // not defined
      }
    }
    if (under == null) {
      String rule = String.join(" or ", defined) + " for " + name;
      throw c.source.options().invalid("convention", rule);
    }
    return under;
  }

  /** What is wanted of these, rounded. */
  private Outcome outcome(
      PointwiseCase c,
      double[] losses,
      double[][] derivatives,
      double[] hessian,
      Map<String, Number> sum) {
    Case source = c.source;
    Map<String, Tensor> gradients = null;
    if (source.wants("gradients")) {
      gradients = new LinkedHashMap<>();
      gradients.put(predictions, new Tensor(c.shape, derivatives[0]).rounded(source.dtype()));
      if (parameter.isPredicted) {
        gradients.put(parameter.input, new Tensor(c.shape, derivatives[1]).rounded(source.dtype()));
      }
    }
    return new Outcome(
        source.wants("loss")
            ? new Tensor(c.weighing.lossShape(), losses).rounded(source.dtype())
            : null,
        gradients,
        source.wants("hessian") ? new Tensor(c.shape, hessian).rounded(source.dtype()) : null,
        source.wants("sum") ? sum : null,
        null);
  }
}
