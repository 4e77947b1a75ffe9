package io.github.surprisal.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.bench.Main;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code surprisal evaluate} as a process: its streams, its memory, its bytes. */
@Order(1) // what takes longest begins
class EvaluateProcessTest {
  /** More than the memory of the process, as lines and as results. */
  private static final int LINES = 40_000;

  /** Scalar code is fast at once, and the first compiler will do. */
  private static final List<String> SCALAR =
      List.of("-Dsurprisal.simd=false", "-XX:TieredStopAtLevel=1");

  @TempDir private Path folder;

  @Test
  void vectorsAndScalarsGiveTheSameBytes() throws Exception {
    List<String> lines = new ArrayList<>(new RandomCases(2, 200).lines(150));
    lines.addAll(new RandomPointwiseCases(2).lines(150));
    Path cases = Files.write(folder.resolve("cases"), lines);
    byte[] vectors = Files.readAllBytes(evaluate(cases, List.of()));
    byte[] scalars = Files.readAllBytes(evaluate(cases, SCALAR));
    assertArrayEquals(vectors, scalars);
    assertEquals(300, Files.readAllLines(folder.resolve("results")).size());
  }

  @Test
  void threadsKeepTheOrder() throws Exception {
    List<String> lines = new ArrayList<>(new RandomCases(3, 100).lines(200));
    lines.add(150, "nonsense");
    lines.add("");
    Path cases = Files.write(folder.resolve("cases"), lines);
    byte[] one = Files.readAllBytes(evaluate(cases, SCALAR));
    byte[] four = Files.readAllBytes(evaluate(cases, SCALAR, "--threads", "4"));
    assertArrayEquals(one, four);
  }

  @Test
  void streamsInConstantMemory() throws Exception {
    // A long name makes lines and results long without making them slow.
    String line =
        """
        {"id":"%01000d","loss":"cross_entropy","dtype":"float32","inputs":{"logits":{"shape":[2,3],\
        "data":[0.5,-1.0,2.0,1.5,0.0,-3.25]},"labels":{"shape":[2],"data":[2,0]}}}
        """;
    Path cases = folder.resolve("cases");
    try (BufferedWriter writer = Files.newBufferedWriter(cases)) {
      for (int i = 0; i < LINES; i++) {
        writer.write(line.formatted(i));
      }
    }
    List<String> jvm = new ArrayList<>(SCALAR);
    jvm.add("-Xmx32m");
    Path results = evaluate(cases, jvm, "--threads", "2");
    try (var lines = Files.lines(results)) {
      assertEquals(LINES, lines.filter(result -> result.contains("\"gradients\"")).count());
    }
  }

  /** What textbooks, papers and the documentation of others print for a pointwise loss. */
  @Test
  void publishedFigures() throws Exception {
    List<PublishedFigure> figures = PublishedFigure.ALL;
    Path cases =
        Files.write(folder.resolve("cases"), figures.stream().map(PublishedFigure::line).toList());
    for (String engine : List.of("kernel", "reference")) {
      List<String> results = Files.readAllLines(evaluate(cases, List.of(), "--engine", engine));
      assertEquals(figures.size(), results.size());
      for (int i = 0; i < figures.size(); i++) {
        figures.get(i).check(results.get(i));
      }
    }
  }

  private Path evaluate(Path cases, List<String> jvm, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "evaluate"));
    command.addAll(Arrays.asList(options));
    Path results = folder.resolve("results");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(cases.toFile())
            .redirectOutput(results.toFile())
            .redirectError(errors.toFile())
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), () -> String.valueOf(read(errors)));
    return results;
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }
}
