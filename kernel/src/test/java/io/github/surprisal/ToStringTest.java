package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.RowStatistics;
import io.github.surprisal.rows.SlidingWindows;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.Sparsemax;
import io.github.surprisal.rows.SparsemaxLoss;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Text shows every option, and what a call was given. */
class ToStringTest {
  @Test
  void lossesOfRowsShowTheirOptions() {
    assertEquals(
        "CrossEntropy[labelSmoothing=0.1, hessianConvention=EXACT, zLoss=0.0, entropyWeight=0.0,"
            + " temperature=1.0, softcap=Infinity, classWeights=[1.0, 2.0], ignoreIndex=-1,"
            + " reduction=SUM]",
        CrossEntropy.builder()
            .labelSmoothing(0.1)
            .classWeights(1, 2)
            .ignoreIndex(-1)
            .reduction(Reduction.SUM)
            .build()
            .toString());
    assertEquals(
        "Distillation[divergence=JensenShannon[beta=0.3], temperature=2.0, teacherTemperature=4.0,"
            + " temperatureSquared=false, hardWeight=0.0, ignoreIndex=-100, reduction=MEAN]",
        Distillation.builder()
            .divergence(new Divergence.JensenShannon(0.3))
            .temperature(2)
            .teacherTemperature(4)
            .build()
            .toString());
    assertEquals(
        "SparsemaxLoss[classWeights=double[9], ignoreIndex=-100, reduction=mean over KEPT]",
        SparsemaxLoss.builder()
            .classWeights(new double[9])
            .reduction(Reduction.mean(Denominator.KEPT))
            .build()
            .toString());
  }

  @Test
  void numbersAreShownUpToEight() {
    var builder = SparsemaxLoss.builder();
    String eight = builder.classWeights(new double[8]).build().toString();
    assertTrue(eight.contains("classWeights=[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],"), eight);
    assertEquals("mean over 0.0", Reduction.meanOver(-0.0).toString());
  }

  @Test
  void everyLossOfRowsBeginsWithItsName() {
    for (EveryRowLoss each : EveryRowLoss.list()) {
      var loss = each.loss(Reduction.MEAN);
      assertTrue(loss.toString().startsWith(loss.getClass().getSimpleName()), loss.toString());
      assertTrue(loss.toString().endsWith(", ignoreIndex=-100, reduction=MEAN]"), loss.toString());
    }
  }

  @Test
  void everyFormulaShowsItsOptions() {
    assertEquals(
        "Huber[delta=1.5].hessianConvention(LIGHTGBM)",
        new Huber(1.5).hessianConvention(HessianConvention.LIGHTGBM).toString());
    for (var entry : PointwiseFormulas.ALL) {
      boolean isPlain = Modifier.isPublic(entry.formula().getClass().getModifiers());
      String text = entry.formula().toString();
      String name = entry.formula().getClass().getSimpleName();
      assertTrue(!isPlain || text.startsWith(name + "["), text);
      var options = entry.formula().getClass().getRecordComponents();
      for (var component : isPlain ? options : new RecordComponent[0]) {
        assertTrue(text.contains(component.getName() + "="), text);
      }
    }
  }

  @Test
  void functionsOfRows() {
    assertEquals(
        List.of(
            "Softmax[temperature=0.5]",
            "LogSoftmax[temperature=1.0]",
            "LogSumExp[temperature=2.0]",
            "LogCumSumExp[]",
            "Sparsemax[]"),
        Stream.of(
                Softmax.builder().temperature(0.5).build(),
                LogSoftmax.builder().build(),
                LogSumExp.builder().temperature(2).build(),
                new LogCumSumExp(),
                new Sparsemax())
            .map(Object::toString)
            .toList());
  }

  @Test
  void inputs() {
    var matrix = Matrix.of(new float[6], 2, 3);
    var batch =
        Batch.of(matrix, new int[] {1, 2})
            .weights(new double[] {1, 0.5})
            .statistics(RowStatistics.none().entropy(new double[2]));
    assertEquals(
        "Batch[logits=%s, labels=[1, 2], statistics=RowStatistics[entropy=[0.0, 0.0]],"
                .formatted(matrix)
            + " weights=[1.0, 0.5], upstream=1.0]",
        batch.toString());
    var wide = Matrix.of(new float[20], 1, 20);
    var elements =
        Elements.of(wide, Matrix.of(new float[20], 1, 20)).losses(new float[20]).upstream(2);
    assertEquals(
        "Elements[predictions=%s, targets=%s, upstream=2.0, losses=float[20]]"
            .formatted(wide, wide),
        elements.toString());
    assertEquals(
        "SlidingWindows[length=9, window=4, stride=2]", SlidingWindows.of(9, 4, 2).toString());
  }

  @Test
  void scratch() {
    var workspace = new Workspace();
    assertEquals("Workspace[]", workspace.toString());
    Softmax.builder()
        .build()
        .forward(Matrix.of(new float[2], 1, 2), Matrix.of(new float[2], 1, 2), workspace);
    assertEquals("Workspace[rows[softmax]]", workspace.toString());
    PointwiseLoss.builder(new Huber())
        .build()
        .loss(Elements.of(new float[1], new float[1]).workspace(workspace));
    assertEquals("Workspace[rows[softmax], pointwise]", workspace.toString());
  }
}
