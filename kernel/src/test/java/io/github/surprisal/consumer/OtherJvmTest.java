package io.github.surprisal.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.EveryFormula;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.Sparsemax;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written in this JVM, in another one; and formulas of one's own without vectors. */
class OtherJvmTest {
  private static final String ADD_VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String HINT = "add the flag --add-modules jdk.incubator.vector";

  @TempDir private Path folder;

  /** They are all of this library, and scalar code answers there, with the same bits. */
  @Test
  void lossesAreReadElsewhere() throws Exception {
    var losses = losses();
    Path file = folder.resolve("losses");
    try (var stream = new ObjectOutputStream(Files.newOutputStream(file))) {
      stream.writeObject(losses);
    }
    var run = run(Restored.class, file.toString());
    assertEquals(0, run.exit(), run.err());
    var lines = run.out().lines().toList();
    var expected = Restored.text(losses).lines().toList();
    assertEquals(expected.size(), lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertEquals(expected.get(i), lines.get(i));
    }
  }

  @Test
  void everyKindOfRowsIsAmongThem() throws IOException {
    var losses = losses();
    Stream.<Class<?>>of(RowLoss.class, RowFunction.class)
        .flatMap(OtherJvmTest::kinds)
        .forEach(kind -> assertTrue(losses.stream().anyMatch(kind::isInstance), kind::getName));
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(OtherJvmTest::kinds)
        : Stream.of(type);
  }

  private static ArrayList<Serializable> losses() throws IOException {
    var losses = new ArrayList<Serializable>(EveryFormula.rowLosses());
    double[] weights = new double[Restored.CLASSES];
    Arrays.setAll(weights, i -> 0.5 + i % 3);
    var weighted = CrossEntropy.builder().classWeights(weights).labelSmoothing(0.1).zLoss(1e-4);
    losses.add(weighted.softcap(30).temperature(2).reduction(Reduction.meanOver(7)).build());
    losses.add(SoftmaxFocal.builder().gamma(1.5).reduction(Reduction.SUM).build());
    losses.add(MultiMargin.builder().p(2).margin(0.5).ignoreIndex(2).build());
    losses.add(Softmax.builder().temperature(0.7).build());
    losses.add(LogSoftmax.builder().build());
    losses.add(new LogCumSumExp());
    losses.add(new Sparsemax());
    losses.add(LogSumExp.builder().build());
    losses.add(
        Distillation.builder()
            .divergence(new Divergence.JensenShannon(0.3))
            .temperatureSquared(true)
            .hardWeight(0.25)
            .build());
    losses.add(
        PointwiseLoss.builder(new Huber(0.3))
            .hessianConvention(HessianConvention.LIGHTGBM)
            .build());
    EveryFormula.list().stream()
        .map(formula -> PointwiseLoss.builder(formula).build())
        .forEach(losses::add);
    var sum = new LossSum();
    CrossEntropy.builder()
        .build()
        .loss(Batch.of(Matrix.of(new double[] {1, 2, 3, 4}, 2, 2), new int[] {0, 1}).sum(sum));
    losses.add(sum);
    return losses;
  }

  @Test
  void withoutTheModuleAFormulaInVectorsSaysWhatToDo() throws Exception {
    var run = run(OwnFormula.class);
    assertNotEquals(0, run.exit());
    assertTrue(
        run.err()
            .contains("IllegalStateException: InVectors[] has no form without vectors: " + HINT),
        run::err);
  }

  @Test
  void withoutTheModuleAFormulaInNumbersAnswers() throws Exception {
    var run = run(OwnFormula.class, "numbers");
    assertEquals("3.5", run.out().strip(), run.err());
  }

  @Test
  void withTheModuleBothAnswer() throws Exception {
    String name = OwnFormula.class.getName();
    var run = ChildJvm.run(ADD_VECTORS, "-XX:TieredStopAtLevel=1", "-cp", classPath(), name);
    assertEquals("3.5", run.out().strip(), run.err());
  }

  /** On the class path, without the module of vectors. */
  private static ChildJvm run(Class<?> main, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(classPath());
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return ChildJvm.run(command.toArray(String[]::new));
  }

  private static String classPath() throws Exception {
    return where(CrossEntropy.class) + File.pathSeparator + where(OwnFormula.class);
  }

  private static Path where(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
