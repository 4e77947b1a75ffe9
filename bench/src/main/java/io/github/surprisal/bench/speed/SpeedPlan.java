package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.workload.MeasuredLoss;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to measure: every peer on every batch that it can do.
 *
 * @param jobs in the order to be run
 */
public record SpeedPlan(List<Job> jobs) {
  private static final List<String> SLOW = List.of("surprisal-float64", "textbook");
  private static final List<Shape> ROWS =
      shapes("1x10 32x10 8192x10 1x1000 256x1000 4096x1000 1x32000 256x32000 1x128256 64x128256");
  private static final List<Shape> ELEMENTS = shapes("1x10 1x1000 1x32000 1000x1000 16x1000000");

  /**
   * Benchmarks of one peer on one batch, in as many JVMs.
   *
   * @param peer who
   * @param loss what
   * @param shape rows and columns
   * @param threads that a call may use
   * @param methods of {@link LossBenchmark}
   */
  public record Job(String peer, String loss, Shape shape, int threads, List<String> methods) {
    @Override
    public String toString() {
      return "%s of %s %s".formatted(loss, peer, shape);
    }
  }

  /** How many benchmarks that is. */
  public int size() {
    return jobs.stream().mapToInt(job -> job.methods().size()).sum();
  }

  /** Two minutes: few shapes of few losses, loss and gradient, one thread, no float64. */
  public static SpeedPlan quick(List<Peer> peers) {
    var jobs = new ArrayList<Job>();
    var what = List.of("lossAndGradient");
    var fast = peers.stream().filter(peer -> !SLOW.contains(peer.name())).toList();
    for (var shape : shapes("32x10 4096x1000 256x32000")) {
      addJobs(jobs, fast, MeasuredLosses.named("cross_entropy"), shape, List.of(1), what);
    }
    for (var loss : List.of("mse", "binary_cross_entropy_with_logits", "sigmoid_focal")) {
      addJobs(jobs, fast, MeasuredLosses.named(loss), new Shape(1000, 1000), List.of(1), what);
    }
    return new SpeedPlan(jobs);
  }

  /**
   * Everything that is selected.
   *
   * @param shapes null for those that suit each loss, from one row to beyond the caches
   */
  public static SpeedPlan of(
      List<Peer> peers,
      List<MeasuredLoss> losses,
      List<Shape> shapes,
      List<Integer> threads,
      List<String> methods) {
    var jobs = new ArrayList<Job>();
    for (var loss : losses) {
      var suitable = loss.isOfRows() ? ROWS : ELEMENTS;
      for (var shape : shapes == null ? suitable : shapes) {
        addJobs(jobs, peers, loss, shape, threads, methods);
      }
    }
    return new SpeedPlan(jobs);
  }

  private static void addJobs(
      List<Job> jobs,
      List<Peer> peers,
      MeasuredLoss loss,
      Shape shape,
      List<Integer> threads,
      List<String> methods) {
    for (var peer : peers) {
      if (peer.has(loss.name())) {
        for (int count : peer.hasThreads() ? threads : List.of(1)) {
          var own = methods.stream().filter(method -> suits(peer, method)).toList();
          jobs.add(new Job(peer.name(), loss.name(), shape, count, own));
        }
      }
    }
  }

  private static boolean suits(Peer peer, String method) {
    return switch (method) {
      case "loss" -> peer.computes();
      case "arrays" -> !peer.usesArrays();
      default -> true;
    };
  }

  private static List<Shape> shapes(String text) {
    return Stream.of(text.split(" ")).map(Shape::parse).toList();
  }
}
