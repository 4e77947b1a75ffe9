package io.github.surprisal.bench.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** Lines of valid cases of pointwise losses: every loss, dtype, shape, option and input. */
final class RandomPointwiseCases extends RandomText {
  /** What kind of number an input holds. */
  private enum Numbers {
    REAL,
    /** The logarithm of a rate, whose exponential does not overflow. */
    LOG,
    UNIT,
    BINARY,
    SIGN,
    COUNT,
    POSITIVE,
    NEGATIVE
  }

  /**
   * A loss.
   *
   * @param third its third input, or null
   * @param conventions the conventions that it has
   * @param options its options, each with values to choose from
   */
  private record Entry(
      String loss,
      Numbers predictions,
      Numbers targets,
      String third,
      String conventions,
      String... options) {}

  private static final String EVERY = "xgboost xgboost_3_5 lightgbm";
  private static final Set<Numbers> BINARY = EnumSet.of(Numbers.UNIT, Numbers.BINARY);
  private static final String EPSILON = "epsilon: 1e-7 1e-3 0.25";
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "binary_cross_entropy_with_logits",
              Numbers.REAL,
              Numbers.UNIT,
              "pos_weight",
              EVERY,
              "label_smoothing: 0 0.1 1"),
          new Entry(
              "binary_cross_entropy", Numbers.UNIT, Numbers.UNIT, null, "", "epsilon: 0 1e-7 0.1"),
          new Entry(
              "sigmoid_focal",
              Numbers.REAL,
              Numbers.BINARY,
              null,
              "",
              "gamma: 0 0.5 1 2 5",
              "alpha: 0.25 0.9 -1"),
          new Entry(
              "asymmetric_focal",
              Numbers.REAL,
              Numbers.BINARY,
              null,
              "",
              "gamma_positive: 0 1 2.5",
              "gamma_negative: 0 0.5 4",
              "margin: 0 0.05 0.5"),
          new Entry("soft_margin", Numbers.REAL, Numbers.SIGN, null, ""),
          new Entry("hinge", Numbers.REAL, Numbers.SIGN, null, "", "margin: 0 0.3 1"),
          new Entry("squared_hinge", Numbers.REAL, Numbers.SIGN, null, "", "margin: 0 0.3 1"),
          new Entry("perceptron", Numbers.REAL, Numbers.SIGN, null, ""),
          new Entry("mse", Numbers.REAL, Numbers.REAL, null, EVERY),
          new Entry("half_mse", Numbers.REAL, Numbers.REAL, null, EVERY),
          new Entry("l1", Numbers.REAL, Numbers.REAL, null, "xgboost lightgbm"),
          new Entry("huber", Numbers.REAL, Numbers.REAL, null, "lightgbm", "delta: 0.1 1 30"),
          new Entry("smooth_l1", Numbers.REAL, Numbers.REAL, null, "", "beta: 0 0.1 1 30"),
          new Entry("log_cosh", Numbers.REAL, Numbers.REAL, null, ""),
          new Entry(
              "pseudo_huber",
              Numbers.REAL,
              Numbers.REAL,
              null,
              "xgboost xgboost_3_5",
              "delta: 0.1 1 30"),
          new Entry(
              "quantile",
              Numbers.REAL,
              Numbers.REAL,
              null,
              "xgboost lightgbm",
              "alpha: 0 0.1 0.9 1"),
          new Entry("expectile", Numbers.REAL, Numbers.REAL, null, "", "alpha: 0 0.1 0.9 1"),
          new Entry(
              "epsilon_insensitive", Numbers.REAL, Numbers.REAL, null, "", "epsilon: 0 0.1 3"),
          new Entry("mape", Numbers.REAL, Numbers.REAL, null, "lightgbm", EPSILON),
          new Entry("msle", Numbers.POSITIVE, Numbers.POSITIVE, null, "xgboost xgboost_3_5"),
          new Entry("cauchy", Numbers.REAL, Numbers.REAL, null, "", "c: 0.1 1 30"),
          new Entry("tukey", Numbers.REAL, Numbers.REAL, null, "", "c: 0.1 4.685 30"),
          new Entry(
              "poisson_nll",
              Numbers.LOG,
              Numbers.COUNT,
              null,
              EVERY,
              "full: true false \"exact\"",
              "eps: 0 1e-8"),
          new Entry(
              "poisson_nll",
              Numbers.POSITIVE,
              Numbers.COUNT,
              null,
              "",
              "log_input: false",
              "full: true false \"exact\"",
              "eps: 0 1e-8 0.1"),
          new Entry("gamma", Numbers.LOG, Numbers.POSITIVE, null, EVERY),
          new Entry("tweedie", Numbers.LOG, Numbers.COUNT, null, EVERY, "rho: 1 1.1 1.9"),
          new Entry(
              "gaussian_nll",
              Numbers.REAL,
              Numbers.REAL,
              "variance",
              "",
              "full: true",
              "eps: 1e-3"),
          new Entry("laplace_nll", Numbers.REAL, Numbers.REAL, "scale", "", "eps: 1e-3"),
          new Entry("bernoulli_kl", Numbers.UNIT, Numbers.UNIT, null, ""),
          new Entry("kl_div", Numbers.NEGATIVE, Numbers.UNIT, null, ""),
          new Entry("kl_div", Numbers.NEGATIVE, Numbers.NEGATIVE, null, "", "log_target: true"));

  private final String only;
  private int next;

  /** Of all losses, one after the other. */
  RandomPointwiseCases(long seed) {
    this(seed, "");
  }

  /** Of the losses whose name has this part. */
  RandomPointwiseCases(long seed, String only) {
    super(seed);
    this.only = only;
  }

  /** The names of all losses. */
  static Stream<String> losses() {
    return ENTRIES.stream().map(Entry::loss).distinct();
  }

  @Override
  String line(String id) {
    Entry entry = ENTRIES.get(next++ % ENTRIES.size());
    while (!entry.loss.contains(only)) {
      entry = ENTRIES.get(next++ % ENTRIES.size());
    }
    String dtype = pick(DTYPES);
    int[] shape = shape();
    double spread =
        random.nextInt(10) == 0
            ? dtype.equals("float16") ? 1e4 : 1e30
            : new double[] {1e-3, 1, 3, 30, 100}[random.nextInt(5)];
    double special = random.nextInt(8) == 0 ? 0.05 : 0;
    List<String> inputs = new ArrayList<>();
    String predictions = predictions(entry.loss);
    inputs.add(tensor(predictions, shape, numbers(entry.predictions, spread, special)));
    inputs.add(tensor("targets", shape, numbers(entry.targets, spread, special)));
    addThird(entry, shape, inputs);
    if (chance(0.3)) {
      inputs.add(tensor("weights", shape, this::weight));
    }
    if (chance(0.3)) {
      inputs.add(integers("mask", shape, () -> random.nextInt(4) == 0 ? 0 : 1));
    }
    List<String> options = new ArrayList<>(chosen(entry));
    boolean none = chance(0.4);
    String reduction = none ? "none" : pick("mean", "sum");
    if (entry.loss.equals("kl_div") && shape.length > 0 && !none && chance(0.4)) {
      reduction = "batchmean";
    }
    if (!reduction.equals("mean") || chance(0.5)) {
      options.add("\"reduction\":\"" + reduction + '"');
    }
    if (chance(0.3)) {
      options.add("\"denominator\":" + pick("\"weights\"", "\"kept\"", "\"all\"", "3.5"));
    }
    String upstream =
        chance(0.4) ? "," + tensor("upstream", none ? shape : new int[0], upstream(special)) : "";
    String want = ",\"want\":[\"gradients\",\"sum\",\"hessian\",\"loss\"]";
    return "{\"id\":\"%s\",\"loss\":\"%s\",\"dtype\":\"%s\",\"inputs\":{%s},\"options\":{%s}%s%s}"
        .formatted(
            id,
            entry.loss,
            dtype,
            String.join(",", inputs),
            String.join(",", options),
            upstream,
            chance(0.7) ? want : "");
  }

  /** The name of the first input. */
  static String predictions(String loss) {
    return loss.endsWith("_with_logits") || loss.endsWith("_focal") ? "logits" : "predictions";
  }

  private void addThird(Entry entry, int[] shape, List<String> inputs) {
    if (entry.third == null) {
      return;
    }
    if (!entry.third.equals("pos_weight")) {
      inputs.add(tensor(entry.third, shape, () -> chance(0.1) ? 0 : random.nextDouble() * 5));
    } else if (chance(0.5)) {
      int[] lastAxis = shape.length == 0 ? shape : new int[] {shape[shape.length - 1]};
      int[] weights = chance(0.5) ? lastAxis : chance(0.5) ? shape : new int[0];
      inputs.add(
          tensor(entry.third, weights, () -> random.nextDouble() * 9 - (chance(0.1) ? 9 : 0)));
    }
  }

  private List<String> chosen(Entry entry) {
    List<String> options = new ArrayList<>();
    for (String option : entry.options) {
      String[] words = option.split("[: ]+");
      // What alone there is has to be said.
      if (words.length == 2 || chance(0.7)) {
        options.add('"' + words[0] + "\":" + words[1 + random.nextInt(words.length - 1)]);
      }
    }
    if (!entry.conventions.isEmpty() && chance(0.4)) {
      options.add("\"convention\":\"" + pick(("exact " + entry.conventions).split(" ")) + '"');
    }
    return options;
  }

  private int[] shape() {
    return switch (random.nextInt(6)) {
      case 0 -> new int[0];
      case 1 -> new int[] {1 + random.nextInt(3), 1 + random.nextInt(4)};
      case 2 -> new int[] {1 + random.nextInt(2), 1 + random.nextInt(3), 1 + random.nextInt(2)};
      case 3 -> new int[] {chance(0.3) ? 0 : 1 + random.nextInt(5), random.nextInt(70)};
      default -> new int[] {1 + random.nextInt(40)};
    };
  }

  private DoubleSupplier numbers(Numbers kind, double spread, double special) {
    return () -> {
      if (chance(special)) {
        return special(kind);
      }
      double x = random.nextGaussian() * spread;
      return switch (kind) {
        case REAL -> x;
        case LOG -> Math.clamp(x, -40, 40);
        case UNIT -> chance(0.2) ? random.nextInt(2) : chance(0.2) ? tiny() : random.nextDouble();
        case BINARY -> random.nextInt(2);
        case SIGN -> random.nextInt(2) * 2 - 1;
        case COUNT -> chance(0.7) ? random.nextInt(20) : Math.abs(x);
        case POSITIVE -> Math.abs(x) + 1e-4;
        case NEGATIVE -> -Math.abs(x);
      };
    };
  }

  /** None is 0 where slopes may be infinite. */
  private DoubleSupplier upstream(double special) {
    return special == 0 ? this::factor : random::nextGaussian;
  }

  private double special(Numbers kind) {
    double[] special = {
      Double.NaN, -0.0, 0, 1, -1.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY
    };
    // No binary target is infinite, and the bound of soft margin holds for -1 and 1 alone.
    int last =
        kind == Numbers.SIGN ? 1 : BINARY.contains(kind) ? special.length - 2 : special.length;
    return special[random.nextInt(last)];
  }

  private double tiny() {
    return Math.scalb(random.nextDouble(), -random.nextInt(20));
  }
}
