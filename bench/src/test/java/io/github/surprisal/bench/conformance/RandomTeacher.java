package io.github.surprisal.bench.conformance;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The teacher of a random case, by logits or by its most likely classes, and what goes with it. */
record RandomTeacher(RandomText text, int[] rowShape, int classes, String loss) {
  static final List<String> LOSSES =
      List.of("distillation_kl", "distillation_reverse_kl", "distillation_js", "total_variation");

  void add(DoubleSupplier logits, List<String> inputs, List<String> options) {
    if (text.chance(0.3)) {
      addTop(inputs);
    } else {
      int[] shape = RandomCases.scoresShape(rowShape, classes);
      inputs.add(text.tensor("teacher_logits", shape, logits));
    }
    if (text.chance(0.3)) {
      options.add("\"temperature\":" + text.pick("1", "2", "0.7", "4"));
    }
    if (text.chance(0.2)) {
      options.add("\"teacher_temperature\":" + text.pick("1", "2", "0.7", "100"));
    }
    if (text.chance(0.2)) {
      options.add("\"temperature_squared\":" + text.pick("true", "false"));
    }
    if (text.chance(0.3)) {
      options.add("\"weight_hard_loss\":" + text.pick("0", "0.5", "1", "0.1"));
    }
    if (loss.equals("distillation_js") && text.chance(0.7)) {
      options.add("\"beta\":" + text.pick("0", "1", "0.5", "0.1", "0.9"));
    }
  }

  private void addTop(List<String> inputs) {
    int k = 1 + text.random.nextInt(Math.min(classes, 5));
    int[] shape = RandomCases.scoresShape(rowShape, k);
    inputs.add(
        text.tensor(
            "teacher_probabilities",
            shape,
            () -> text.chance(0.1) ? 0 : text.random.nextDouble() / k));
    int inner = rowShape.length < 2 ? 1 : RandomText.elements(rowShape) / rowShape[0];
    int outer = RandomText.elements(rowShape) / inner;
    // Classes of a row stand "inner" apart and differ.
    int[] indices = new int[outer * k * inner];
    for (int row = 0; row < outer * inner; row++) {
      var all = IntStream.range(0, classes).boxed().collect(Collectors.toList());
      Collections.shuffle(all, text.random);
      for (int i = 0; i < k; i++) {
        indices[(row / inner * k + i) * inner + row % inner] = all.get(i);
      }
    }
    var next = IntStream.of(indices).iterator();
    inputs.add(text.integers("teacher_indices", shape, next::nextInt));
  }
}
