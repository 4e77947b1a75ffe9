package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.Matrix;
import io.github.surprisal.bench.conformance.loss.PointwiseCaseLoss.Parameter;
import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Options;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.reference.PointwiseBatch;
import io.github.surprisal.reference.Precision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A checked case of a pointwise loss, as the arguments of either engine. */
final class PointwiseCase {
  /** The words for conventions. */
  static final List<String> CONVENTIONS =
      Arrays.stream(HessianConvention.values())
          .map(c -> c.name().toLowerCase(Locale.ROOT))
          .toList();

  final Case source;
  final int[] shape;
  final double[] predictions;
  final double[] targets;

  /** The third number of each element; where it repeats, element i has that of i modulo length. */
  final double[] parameter;

  private final boolean isPositiveWeight;
  private final List<String> powers;
  final Weighing weighing;
  final HessianConvention convention;
  private final Map<String, Object> options = new HashMap<>();

  PointwiseCase(Case source, PointwiseCaseLoss loss) throws CaseException {
    this.source = source;
    Tensor input = source.required(loss.predictions());
    shape = input.shape();
    predictions = input.data();
    String like = "that of " + loss.predictions();
    targets = source.required("targets", shape, like).data();
    parameter =
        switch (loss.parameter()) {
          case NONE -> null;
          case POSITIVE_WEIGHT -> positiveWeights(loss.parameter().input());
          case VARIANCE, SCALE -> source.required(loss.parameter().input(), shape, like).data();
        };
    powers = loss.powers();
    isPositiveWeight = loss.parameter() == Parameter.POSITIVE_WEIGHT;
    weighing = new Weighing(source, "weights", "mask", shape, like, loss.reductions());
    String word = source.options().choice("convention", "exact", CONVENTIONS);
    convention = HessianConvention.valueOf(word.toUpperCase(Locale.ROOT));
    for (var option : loss.options().entrySet()) {
      options.put(option.getKey(), read(source.options(), option.getKey(), option.getValue()));
    }
  }

  /** The value of an option whose default is a number, or the first of all that it may be. */
  private static Object read(Options options, String name, Object usual) throws CaseException {
    return usual instanceof List<?> choices
        ? choice(options, name, choices)
        : (Object) options.number(name, (Double) usual);
  }

  private static <T> T choice(Options options, String name, List<T> choices) throws CaseException {
    return options.choice(name, choices.getFirst(), choices);
  }

  /** One for all, one for each index of the last axis, or one for each element. */
  private double[] positiveWeights(String name) throws CaseException {
    Tensor weights = source.inputOrOption(name);
    double[] one = {1};
    if (weights == null) {
      return one;
    }
    int[] given = weights.shape();
    boolean isOne = given.length == 0 || given.length == 1 && given[0] == 1;
    int axes = shape.length;
    boolean isLastAxis = given.length == 1 && axes > 0 && given[0] == shape[axes - 1];
    if (!isOne && !isLastAxis) {
      weights.requireShape(name, shape, "or its last axis, or []");
    }
    for (int i = 0; i < weights.data().length; i++) {
      if (!Double.isFinite(weights.data()[i])) {
        throw CaseException.of(name + '[' + i + ']', weights.data()[i], "a finite number");
      }
    }
    return weights.data().length == 0 ? one : weights.data();
  }

  int count() {
    return predictions.length;
  }

  /** An option that is a number. */
  double number(String name) {
    return (double) options.get(name);
  }

  /** An option that is true or false. */
  boolean flag(String name) {
    return (boolean) options.get(name);
  }

  /** An option that is of more than one kind. */
  Object value(String name) {
    return options.get(name);
  }

  /** The type that the kernel computes in. */
  private Precision precision() {
    return source.dtype().computedIn().precision();
  }

  /** An element's third number. */
  double parameter(int element) {
    return parameter[element % parameter.length];
  }

  /**
   * What an error of a factor is multiplied with in the loss: the largest gamma of x^gamma, or 1.
   */
  double steepness() {
    return powers.stream().mapToDouble(this::number).reduce(1, Math::max);
  }

  /**
   * What the formula multiplies exponentials with: a positive weight, or for powers gamma
   * softplus(|x|). Beyond some hundreds there are no exponentials left.
   */
  double amplification(int element) {
    double weight = isPositiveWeight ? Math.max(1, Math.abs(parameter(element))) : 1;
    double logit = Math.clamp(Math.abs(predictions[element]), 1, 1000);
    return powers.isEmpty() ? weight : steepness() * logit;
  }

  /** Elements of the type that the kernel computes in; a copy, if they are floats. */
  Matrix matrix(double[] values) {
    return Matrices.of(values, 1, values.length, source.dtype());
  }

  /** The arguments of the kernel, but for what it writes. */
  Elements elements(boolean withParameter) {
    var elements = Elements.of(matrix(predictions), matrix(targets));
    elements = withParameter ? elements.parameter(matrix(parameter)) : elements;
    return weighing.weigh(elements);
  }

  /** The arguments of the oracle. */
  PointwiseBatch batch() {
    double[] extra = parameter == null ? null : new double[count()];
    if (extra != null) {
      Arrays.setAll(extra, this::parameter);
    }
    return new PointwiseBatch(
        predictions,
        targets,
        extra,
        weighing.weights,
        weighing.mask,
        weighing.upstream,
        precision());
  }
}
