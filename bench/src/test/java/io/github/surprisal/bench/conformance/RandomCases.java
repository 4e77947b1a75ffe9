package io.github.surprisal.bench.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Lines of valid cases of losses over rows: every loss, dtype, shape, option and input, tame and
 * hard values.
 */
final class RandomCases extends RandomText {
  private static final Set<String> WITHOUT_SOFTMAX =
      Set.of("multi_margin", "crammer_singer", "sparsemax", "nll");

  private final int mostClasses;

  RandomCases(long seed, int mostClasses) {
    super(seed);
    this.mostClasses = mostClasses;
  }

  @Override
  String line(String id) {
    String loss =
        pick(
            "cross_entropy",
            "cross_entropy",
            "softmax_focal",
            "poly1",
            "generalized_cross_entropy",
            "multi_margin",
            "crammer_singer",
            "sparsemax",
            "nll",
            "distillation_kl",
            "distillation_reverse_kl",
            "distillation_js",
            "total_variation");
    return line(id, loss);
  }

  /** A case of a function of rows. */
  String functionLine(String id, String function) {
    String dtype = DTYPES[random.nextInt(DTYPES.length)];
    int classes = chance(0.3) ? 1 + random.nextInt(mostClasses) : 1 + random.nextInt(12);
    int[] rowShape = rowShape();
    int[] shape = scoresShape(rowShape, classes);
    int[] of = function.equals("logsumexp") ? rowShape : shape;
    String upstream = chance(0.7) ? "," + tensor("upstream", of, this::factor) : "";
    return "{\"id\":\"%s\",\"loss\":\"%s\",\"dtype\":\"%s\",\"inputs\":{%s}%s}"
        .formatted(id, function, dtype, tensor("logits", shape, scores(dtype, false)), upstream);
  }

  /** A case of a certain loss. */
  String line(String id, String loss) {
    boolean distillation = RandomTeacher.LOSSES.contains(loss);
    boolean softmax = !WITHOUT_SOFTMAX.contains(loss) && !distillation;
    boolean nll = loss.equals("nll");
    boolean crossEntropy = loss.equals("cross_entropy");
    String dtype = DTYPES[random.nextInt(DTYPES.length)];
    int classes = chance(0.3) ? 1 + random.nextInt(mostClasses) : 1 + random.nextInt(12);
    int[] rowShape = rowShape();
    int[] shape = scoresShape(rowShape, classes);
    boolean none = chance(0.3);
    List<String> inputs = new ArrayList<>();
    List<String> options = new ArrayList<>();
    inputs.add(tensor(nll ? "log_probabilities" : "logits", shape, scores(dtype, nll)));
    boolean probabilities = crossEntropy && chance(0.3);
    int ignore = chance(0.5) ? -100 : random.nextInt(classes);
    if (probabilities) {
      inputs.add(tensor("target_probabilities", shape, this::probability));
    }
    if (distillation) {
      var teacher = new RandomTeacher(this, rowShape, classes, loss);
      teacher.add(scores(dtype, false), inputs, options);
    }
    if (!probabilities && !distillation
        || chance(0.3)
        || options.toString().contains("weight_hard_loss")) {
      inputs.add(
          integers("labels", rowShape, () -> chance(0.1) ? ignore : random.nextInt(classes)));
    }
    if (chance(0.3)) {
      inputs.add(tensor("row_weights", rowShape, this::weight));
    }
    if (chance(0.3)) {
      inputs.add(integers("row_mask", rowShape, () -> random.nextInt(4) == 0 ? 0 : 1));
    }
    if (chance(0.3)) {
      String weight = loss.equals("softmax_focal") ? "alpha" : "weight";
      if (weight.equals("alpha") && chance(0.3)) {
        options.add("\"alpha\":0.3");
      } else if (chance(0.5)) {
        inputs.add(tensor(weight, new int[] {classes}, this::weight));
      } else {
        options.add("\"%s\":%s".formatted(weight, list(classes, this::weight)));
      }
    }
    if (softmax) {
      addSoftmax(options);
    }
    if (!nll && chance(0.2)) {
      int[] of = chance(0.5) ? shape : new int[] {classes};
      inputs.add(integers("allowed_classes", of, () -> random.nextInt(4) == 0 ? 0 : 1));
    }
    addOwn(loss, options);
    if (ignore != -100 || chance(0.1)) {
      options.add("\"ignore_index\":" + ignore);
    }
    String reduction = none ? "none" : pick("mean", "sum");
    if (none || chance(0.7)) {
      options.add("\"reduction\":\"" + reduction + '"');
    }
    if (chance(0.4)) {
      options.add("\"denominator\":" + pick("\"weights\"", "\"kept\"", "\"all\"", "3.5"));
    }
    String upstream =
        chance(0.4) ? "," + tensor("upstream", none ? rowShape : new int[0], this::factor) : "";
    return "{\"id\":\"%s\",\"loss\":\"%s\",\"dtype\":\"%s\",\"inputs\":{%s},\"options\":{%s}%s%s}"
        .formatted(
            id,
            loss,
            dtype,
            String.join(",", inputs),
            String.join(",", options),
            upstream,
            crossEntropy && hasHessian(options) && chance(0.5)
                ? ",\"want\":[\"gradients\",\"hessian\"]"
                : chance(0.5)
                    ? ",\"want\":[\"loss\",\"gradients\",\"sum\"%s]"
                        .formatted(softmax ? ",\"rows\"" : "")
                    : "");
  }

  private static boolean hasHessian(List<String> options) {
    String all = options.toString();
    boolean exact = !all.contains("xgboost") && !all.contains("lightgbm");
    return !all.contains("softcap")
        && !all.contains("z_loss")
        && !all.contains("entropy")
        && (exact || !all.contains("temperature"));
  }

  /** What every loss of a softmax has. */
  private void addSoftmax(List<String> options) {
    if (chance(0.2)) {
      options.add("\"temperature\":" + pick("1", "2", "0.7", "0.01", "300"));
    }
    if (chance(0.2)) {
      options.add("\"softcap\":" + pick("30", "50", "1", "0.01", "1000"));
    }
  }

  /** What the loss alone has. */
  private void addOwn(String loss, List<String> options) {
    switch (loss) {
      case "cross_entropy" -> {
        if (chance(0.3)) {
          options.add(
              "\"convention\":"
                  + pick("\"exact\"", "\"xgboost\"", "\"xgboost_3_5\"", "\"lightgbm\""));
        }
        if (chance(0.4)) {
          options.add("\"label_smoothing\":" + pick("0", "1", "0.1", "0.25", "1e-9"));
        }
        if (chance(0.3)) {
          options.add("\"z_loss\":" + pick("0", "1e-4", "0.5", "10"));
        }
        if (chance(0.3)) {
          options.add("\"entropy\":" + pick("0", "0.01", "1", "-0.5", "20"));
        }
      }
      case "softmax_focal" -> {
        if (chance(0.7)) {
          options.add("\"gamma\":" + pick("0", "0.5", "1", "3.7", "10"));
        }
      }
      case "poly1" -> {
        if (chance(0.7)) {
          options.add("\"epsilon\":" + pick("0", "-1.5", "6", "2"));
        }
      }
      case "generalized_cross_entropy" -> {
        if (chance(0.7)) {
          options.add("\"q\":" + pick("1", "0.5", "0.01"));
        }
      }
      case "multi_margin", "crammer_singer" -> {
        if (chance(0.7)) {
          options.add("\"margin\":" + pick("0", "0.1", "3", "1e-9"));
        }
        if (loss.equals("multi_margin") && chance(0.5)) {
          options.add("\"p\":" + pick("1", "2"));
        }
      }
      default -> {}
    }
  }

  private int[] rowShape() {
    return switch (random.nextInt(5)) {
      case 0 -> new int[0];
      case 1 -> new int[] {1 + random.nextInt(3), 1 + random.nextInt(4)};
      case 2 -> new int[] {1 + random.nextInt(2), 1 + random.nextInt(3), 1 + random.nextInt(2)};
      default -> new int[] {chance(0.05) ? 0 : 1 + random.nextInt(20)};
    };
  }

  static int[] scoresShape(int[] rowShape, int classes) {
    if (rowShape.length == 0) {
      return new int[] {classes};
    }
    int[] shape = new int[rowShape.length + 1];
    shape[0] = rowShape[0];
    shape[1] = classes;
    System.arraycopy(rowShape, 1, shape, 2, rowShape.length - 1);
    return shape;
  }

  private DoubleSupplier scores(String dtype, boolean nll) {
    double spread =
        new double[] {1, 3, 30, 100, dtype.equals("float16") ? 1e4 : 1e30}
            [random.nextInt(10) == 0 ? random.nextInt(5) : random.nextInt(4)];
    double special = random.nextInt(8) == 0 ? 0.02 : 0;
    double shift = chance(0.2) ? 1000 : 0;
    return () -> {
      if (chance(special)) {
        return new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0}
            [random.nextInt(4)];
      }
      double x = random.nextGaussian() * spread;
      return nll ? -Math.abs(x) : x + shift;
    };
  }

  private double probability() {
    return chance(0.2) ? 0 : random.nextDouble() * (chance(0.1) ? -1 : 1);
  }
}
