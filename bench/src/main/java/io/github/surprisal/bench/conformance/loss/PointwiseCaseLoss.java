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
import io.github.surprisal.catalog.Losses;
import io.github.surprisal.catalog.PointwiseInfo;
import io.github.surprisal.catalog.Values;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.PointwiseLosses;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A loss of a prediction and a target: what the catalog says of it is all that cases need. */
final class PointwiseCaseLoss implements Loss {
  static final List<Loss> ALL =
      Losses.pointwise().stream().<Loss>map(PointwiseCaseLoss::new).toList();

  private static final Map<String, String> INPUT_OF_OPTION = Map.of("posWeight", "pos_weight");

  private final PointwiseInfo info;
  private final PointwiseOptions options;

  private PointwiseCaseLoss(PointwiseInfo info) {
    this.info = info;
    options = new PointwiseOptions(info);
  }

  @Override
  public String name() {
    return info.name();
  }

  PointwiseOptions options() {
    return options;
  }

  /** The name of the input that has the gradient. */
  String predictions() {
    return info.predictions() == Values.LOGIT ? "logits" : "predictions";
  }

  /** The name of the third number of each element, or null. */
  String parameter() {
    String name = info.formula().parameterName();
    return INPUT_OF_OPTION.getOrDefault(name == null ? "" : name, name);
  }

  /** Whether that is an option that cases may give as an input; else it has a gradient. */
  boolean parameterIsOption() {
    return info.formula().parameterValues() != null;
  }

  private boolean parameterIsPredicted() {
    return parameter() != null && !parameterIsOption();
  }

  /** Words for reductions; PyTorch's divergence divides by the length of the first axis, too. */
  List<String> reductions() {
    boolean isDivergence = info.predictions() == Values.LOG_PROBABILITY;
    return isDivergence
        ? Stream.concat(Weighing.REDUCTIONS.stream(), Stream.of(Weighing.BATCH_MEAN)).toList()
        : Weighing.REDUCTIONS;
  }

  /** Those with exponents of 1: the scale of a case counts its own. */
  @Override
  public Bounds bounds() {
    return info.with(options.powers().stream().collect(Collectors.toMap(name -> name, name -> 1.0)))
        .bounds();
  }

  private Formula formula(PointwiseCase c) {
    Map<String, Object> given = options.given(c);
    if (parameterIsOption()) {
      given.put(parameter(), c.parameter);
    }
    return info.with(given);
  }

  /** Its formula takes such an option from each element. */
  private PointwiseFormula oracle(PointwiseCase c) {
    return PointwiseLosses.like((Record) info.with(options.given(c)));
  }

  @Override
  public Signature signature() {
    Map<String, Kind> inputs = new TreeMap<>();
    inputs.put(predictions(), Kind.FLOATING);
    inputs.put("targets", Kind.FLOATING);
    inputs.put("weights", Kind.FLOATING);
    inputs.put("mask", Kind.INTEGER);
    Set<String> names = new TreeSet<>(options.usual().keySet());
    names.addAll(Weighing.OPTIONS);
    names.add("convention");
    if (parameter() != null) {
      inputs.put(parameter(), Kind.FLOATING);
    }
    if (parameterIsOption()) {
      names.add(parameter());
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
        PointwiseLoss.builder(formula(c))
            .reduction(c.weighing.kernelReduction())
            .hessianConvention(c.convention)
            .build();
    Elements elements = c.elements(parameterIsPredicted());
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
    } else if (parameterIsPredicted()) {
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
        c.convention == HessianConvention.EXACT ? oracle(c) : underConvention(c);
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
    PointwiseFormula formula = oracle(c);
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
      String rule = String.join(" or ", defined) + " for " + name();
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
      gradients.put(predictions(), new Tensor(c.shape, derivatives[0]).rounded(source.dtype()));
      if (parameterIsPredicted()) {
        gradients.put(parameter(), new Tensor(c.shape, derivatives[1]).rounded(source.dtype()));
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
