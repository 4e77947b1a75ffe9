package io.github.surprisal.consumer;

import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.RowLoss;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Prints what losses from a file compute: a program for a JVM that did not write them. */
final class Restored {
  static final int CLASSES = 48;

  private static final int ROWS = 2;
  private static final int[] LABELS = {0, 2};

  private Restored() {}

  /** Reads a list of objects from the file that is named. */
  public static void main(String[] file) throws IOException, ClassNotFoundException {
    try (var stream = new ObjectInputStream(Files.newInputStream(Path.of(file[0])))) {
      System.out.print(text((List<?>) stream.readObject()));
    }
  }

  /** A line each, with results of both types. */
  static String text(List<?> objects) {
    var text = new StringBuilder();
    for (Object object : objects) {
      text.append(object).append(' ').append(results(object, true));
      text.append(' ').append(results(object, false)).append('\n');
    }
    return text.toString();
  }

  private static String results(Object object, boolean floats) {
    Matrix x = matrix(2, floats);
    Matrix y = matrix(0, floats);
    return switch (object) {
      case Distillation loss -> {
        var batch = Batch.of(x, LABELS).teacher(matrix(3, floats));
        yield loss.lossAndGradient(batch, y) + text(y);
      }
      case RowLoss loss -> loss.lossAndGradient(Batch.of(x, LABELS), y) + text(y);
      case PointwiseLoss loss -> pointwise(loss, Elements.of(x, matrix(0.7, floats)), floats);
      case RowFunction function -> {
        function.forward(x, y);
        String forward = text(y);
        function.backward(matrix(0.1, floats), x, y);
        yield forward + text(y);
      }
      case LogSumExp function -> {
        double[] results = new double[ROWS];
        function.forward(x, results);
        function.backward(x, results.clone(), y);
        yield Arrays.toString(results) + text(y);
      }
      case LossSum sum -> sum.mean() + " " + sum.perplexity();
      default -> throw new IllegalArgumentException("object = " + object);
    };
  }

  private static String pointwise(PointwiseLoss loss, Elements elements, boolean floats) {
    Matrix first = matrix(0, floats);
    Matrix second = matrix(0, floats);
    if (loss.formula().parameterName() != null && loss.formula().parameterValues() == null) {
      var all = elements.parameter(matrix(0.4, floats));
      return loss.lossAndGradients(all, first, second) + text(first) + text(second);
    }
    return loss.lossAndGradient(elements, first)
        + text(first)
        + loss.gradientAndHessian(elements, first, second)
        + text(second);
  }

  private static Matrix matrix(double scale, boolean floats) {
    double[] values = new double[ROWS * CLASSES];
    Arrays.setAll(values, i -> scale * Math.IEEEremainder(0.37 * i, 3));
    return floats
        ? Matrix.of(Bits.floats(values), ROWS, CLASSES)
        : Matrix.of(values, ROWS, CLASSES);
  }

  private static String text(Matrix m) {
    String numbers =
        m.floats() != null ? Arrays.toString(m.floats()) : Arrays.toString(m.doubles());
    return " " + numbers + " ";
  }
}
