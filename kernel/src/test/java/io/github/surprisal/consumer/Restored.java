package io.github.surprisal.consumer;

import io.github.surprisal.Batch;
import io.github.surprisal.Distillation;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.PointwiseLoss;
import io.github.surprisal.RowFunction;
import io.github.surprisal.RowLoss;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Prints what losses from a file compute: a program for a JVM that did not write them. */
final class Restored {
  private static final double[] X = {0.5, -1, 2, 1.5, 0.25, -3};

  private Restored() {}

  /** Reads a list of objects from the file that is named. */
  public static void main(String[] file) throws IOException, ClassNotFoundException {
    try (var stream = new ObjectInputStream(Files.newInputStream(Path.of(file[0])))) {
      System.out.print(text((List<?>) stream.readObject()));
    }
  }

  /** A line each. */
  static String text(List<?> objects) {
    var text = new StringBuilder();
    objects.forEach(object -> text.append(object).append(' ').append(results(object)).append('\n'));
    return text.toString();
  }

  private static String results(Object object) {
    double[] y = new double[X.length];
    return switch (object) {
      case Distillation loss -> {
        var logits = Matrix.of(X, 2, 3);
        var batch = Batch.of(logits, new int[] {0, 2}).teacher(Matrix.of(new double[6], 2, 3));
        yield loss.lossAndGradient(batch, Matrix.of(y, 2, 3)) + " " + Arrays.toString(y);
      }
      case RowLoss loss -> loss.lossAndGradient(X, new int[] {0, 2}, y) + " " + Arrays.toString(y);
      case PointwiseLoss loss -> loss.lossAndGradient(X, y.clone(), y) + " " + Arrays.toString(y);
      case RowFunction function -> {
        function.forward(X, 3, y);
        yield Arrays.toString(y);
      }
      case LossSum sum -> sum.mean() + " " + sum.perplexity();
      default -> "";
    };
  }
}
