package io.github.surprisal;

import static io.github.surprisal.internal.lane.Species.F64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.github.surprisal.DistillationCase.Regime;
import io.github.surprisal.guard.GuardCalls;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.reference.Divergence;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.LabelLoss;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SoftmaxLoss;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * No garbage, once compiled and with every loss in use in the same JVM: vectors that escape would
 * be boxed, and a shared type profile would make them escape.
 */
@Order(2) // takes long
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void noCallAllocates() throws InterruptedException {
    assumeTrue(F64.vectorBitSize() > 128 || !Simd.enabled(), "C2 has no masks of two doubles here");
    var calls = calls();
    long deadline = System.nanoTime() + 300_000_000_000L;
    Map<String, Long> allocating;
    do {
      // C2 compiles in its own time. Until then vectors are objects, and calls a thousand times as
      // slow: so few of them at a time, with a rest for the compiler.
      var waiting = new LinkedHashMap<>(calls);
      while (!waiting.isEmpty() && System.nanoTime() < deadline) {
        long start = System.nanoTime();
        waiting.keySet().retainAll(allocating(waiting, 10).keySet());
        long took = (System.nanoTime() - start) / 1_000_000;
        Thread.sleep(waiting.isEmpty() ? 0 : 10 + took);
      }
      allocating = allocating(calls, 200);
    } while (!allocating.isEmpty() && System.nanoTime() < deadline);
    assertEquals(Map.of(), allocating, "bytes a call, after warm-up");
  }

  /** A call of every loss, in both types and in every layout of rows. */
  static Map<String, DoubleSupplier> calls() {
    var calls = new LinkedHashMap<String, DoubleSupplier>();
    int[][] shapesAndOptions = {
      {40, 10, 0},
      {40, 10, 3},
      {9, 100, 1},
      {9, 100, 12},
      {2, 2100, 0},
      {2, 2100, 7},
      {40, 10, 16},
      {9, 100, 16},
      {2, 2100, 16},
      {9, 100, 1008},
      {2, 2100, 1008}
    };
    for (int[] s : shapesAndOptions) {
      add(calls, s[0], s[1], s[2]);
    }
    addNll(calls);
    addColumnMajor(calls);
    addDistillations(calls);
    add(calls, SoftmaxFocal.builder().gamma(1.5).build());
    add(calls, PolyLoss.builder().build());
    add(calls, GeneralizedCrossEntropy.builder().build());
    for (int classes : new int[] {10, 100, 2100}) {
      addFunctions(calls, classes);
      addScoreLosses(calls, classes);
    }
    PointwiseFormulas.ALL.forEach(entry -> addPointwise(calls, entry));
    GuardCalls.all().forEach((name, call) -> addCall(calls, name, call));
    return calls;
  }

  private static Map<String, Long> allocating(Map<String, DoubleSupplier> calls, int times) {
    var allocating = new TreeMap<String, Long>();
    calls.forEach((name, call) -> {
      run(call, times);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      run(call, times);
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (bytes > 0) {
        allocating.put(name, bytes / times);
      }
    });
    return allocating;
  }

  private static void run(DoubleSupplier call, int times) {
    for (int i = 0; i < times; i++) {
      call.getAsDouble();
    }
  }

  private static void add(Map<String, DoubleSupplier> calls, int rows, int classes, int options) {
    var c = new CrossEntropyCase(1, CrossEntropyCase.Regime.NORMAL, rows, classes).with(options);
    String name = "%dx%d, options %d, ".formatted(rows, classes, options);
    var loss = c.loss();
    var floats = c.batch(c.matrixF32(c.logits), c.matrixF32(c.probabilities));
    var floatGradient = Matrix.of(new float[rows * classes], rows, classes);
    var doubles = c.batch(c.matrixF64(c.logits), c.matrixF64(c.probabilities)).sum(new LossSum());
    var doubleGradient = Matrix.of(new double[rows * classes], rows, classes);
    calls.put(name + "float", () -> loss.lossAndGradient(floats, floatGradient));
    calls.put(name + "double", () -> loss.lossAndGradient(doubles, doubleGradient));
    calls.put(name + "loss alone", () -> loss.loss(floats));
  }

  private static void add(Map<String, DoubleSupplier> calls, SoftmaxLoss loss) {
    float[] logits = new float[700];
    float[] gradient = new float[700];
    int[] labels = new int[7];
    String name = loss.getClass().getSimpleName();
    calls.put(name, () -> loss.lossAndGradient(logits, labels, gradient));
  }

  private static void addColumnMajor(Map<String, DoubleSupplier> calls) {
    var floats = Matrix.columnMajor(new float[3000], 300, 10);
    var doubles = Matrix.columnMajor(new double[3000], 300, 10);
    var ofFloats = Batch.of(floats, new int[300]);
    var ofDoubles = Batch.of(doubles, new int[300]);
    var further = Matrix.columnMajor(new float[3000], 300, 10);
    var loss = CrossEntropy.builder().build();
    calls.put("columns, float", () -> loss.gradientAndHessian(ofFloats, floats, further));
    calls.put("columns, double", () -> loss.lossAndGradient(ofDoubles, doubles));
    var images = Matrix.channelsFirst(new float[8 * 3000], 0, 2, 3000, 4, 12000, 4);
    var others = Matrix.of(new float[8 * 3000], 8, 3000);
    var distillation =
        Distillation.builder()
            .divergence(new io.github.surprisal.rows.Divergence.ReverseKl())
            .build();
    var ofImages = Batch.of(images).teacher(others);
    var ofTeacher = Batch.of(others).teacher(images);
    calls.put("images", () -> distillation.lossAndGradient(ofImages, images));
    calls.put("images of a teacher", () -> distillation.lossAndGradient(ofTeacher, others));
    var softmax = Softmax.builder().build();
    var logSoftmax = LogSoftmax.builder().build();
    addCall(calls, "images, softmax", () -> softmax.forward(images, images));
    addCall(calls, "images, back", () -> logSoftmax.backward(images, others, others));
    var huber = PointwiseLoss.builder(new Huber()).build();
    var elements =
        Elements.of(floats, Matrix.of(new float[3000], 300, 10)).rowWeights(new double[300]);
    calls.put("columns, elements", () -> huber.gradientAndHessian(elements, floats, further));
  }

  private static void addDistillations(Map<String, DoubleSupplier> calls) {
    for (Divergence divergence : DistillationCase.DIVERGENCES) {
      int[][] shapesAndOptions = {
        {40, 10, 5}, {9, 100, 0}, {2, 2100, 0}, {2, 2100, 21}, {9, 70, 32}
      };
      for (int[] s : shapesAndOptions) {
        var c = new DistillationCase(1, divergence, Regime.NORMAL, s[0], s[1]).with(s[2]);
        var loss = c.loss();
        for (boolean floats : new boolean[] {true, false}) {
          var batch = c.batch(floats);
          var gradient = c.matrix(new double[s[0] * s[1]], floats);
          String name = c + (floats ? ", float" : ", double");
          calls.put(name, () -> loss.lossAndGradient(batch, gradient));
        }
      }
    }
  }

  private static void addNll(Map<String, DoubleSupplier> calls) {
    var nll = NegativeLogLikelihood.builder().build();
    float[] logits = new float[70];
    float[] gradient = new float[70];
    int[] labels = new int[7];
    calls.put("nll", () -> nll.lossAndGradient(logits, labels, gradient));
  }

  private static void addFunctions(Map<String, DoubleSupplier> calls, int classes) {
    var c = new RowFunctionCase(1, CrossEntropyCase.Regime.NORMAL, 3, classes);
    float[] x = CrossEntropyCase.toFloats(c.x);
    float[] u = CrossEntropyCase.toFloats(c.upstream);
    float[] y = new float[x.length];
    double[] yF64 = new double[x.length];
    for (RowFunction f : RowFunctionRulesTest.ALL) {
      String name = f.getClass().getSimpleName() + " of " + classes;
      addCall(calls, name + ", float", () -> f.forward(x, classes, y));
      addCall(calls, name + ", float, backward", () -> f.backward(x, u, classes, y));
      addCall(calls, name + ", double", () -> f.forward(c.x, classes, yF64));
      addCall(calls, name + ", back", () -> f.backward(c.x, c.upstream, classes, yF64));
    }
    float[] results = new float[3];
    LogSumExp f = LogSumExp.builder().build();
    addCall(calls, "LogSumExp of " + classes, () -> f.forward(x, results));
    addCall(calls, "LogSumExp of " + classes + ", back", () -> f.backward(x, results, y));
  }

  private static void addScoreLosses(Map<String, DoubleSupplier> calls, int classes) {
    var c = new CrossEntropyCase(1, CrossEntropyCase.Regime.NORMAL, 7, classes).with(258);
    float[] logits = CrossEntropyCase.toFloats(c.logits);
    var batch = c.batch(c.matrixF64(c.logits), null);
    var gradient = Matrix.of(new double[7 * classes], 7, classes);
    float[] gradientF32 = new float[7 * classes];
    for (LabelLoss loss : ScoreLossRulesTest.ALL) {
      String name = loss.getClass().getSimpleName() + " of " + classes;
      // A squared margin has the same name.
      calls.merge(
          name + ", double",
          () -> loss.lossAndGradient(batch, gradient),
          (a, b) -> () -> a.getAsDouble() + b.getAsDouble());
      calls.merge(
          name + ", float",
          () -> loss.lossAndGradient(logits, c.labels, gradientF32),
          (a, b) -> () -> a.getAsDouble() + b.getAsDouble());
    }
  }

  private static void addCall(Map<String, DoubleSupplier> calls, String name, Runnable call) {
    calls.put(
        name,
        () -> {
          call.run();
          return 0;
        });
  }

  private static void addPointwise(
      Map<String, DoubleSupplier> calls, PointwiseFormulas.Entry entry) {
    for (boolean floats : new boolean[] {true, false}) {
      var c = new PointwiseCase(entry, PointwiseCase.Regime.NORMAL, 77, 1);
      var loss = c.loss();
      var plain = c.elements(floats);
      var weighted = c.weighted().elements(floats);
      var gradient = PointwiseCase.matrix(new double[77], floats);
      var further = PointwiseCase.matrix(new double[77], floats);
      String name = entry + (floats ? ", float" : ", double");
      calls.put(name, () -> loss.lossAndGradient(plain, gradient));
      calls.put(name + ", weighted", () -> loss.lossAndGradient(weighted, gradient));
      calls.put(name + ", hessian", () -> loss.gradientAndHessian(plain, gradient, further));
      if (c.parameter != null) {
        calls.put(name + ", both", () -> loss.lossAndGradients(plain, gradient, further));
      }
    }
  }
}
