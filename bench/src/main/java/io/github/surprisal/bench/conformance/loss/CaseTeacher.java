package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.Case;
import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.bench.conformance.protocol.Signature.Kind;
import io.github.surprisal.bench.conformance.protocol.Tensor;
import io.github.surprisal.reference.Teacher;
import io.github.surprisal.rows.Batch;
import java.util.Arrays;
import java.util.Map;

/**
 * What the student of a case learns from, row after row.
 *
 * @param k how many classes of each row are known
 * @param indices which, or null if all are, by their logits
 * @param values the logits, or the probabilities of the known classes
 */
record CaseTeacher(int k, int[] indices, double[] values) {
  /** The inputs that are read here. */
  static final Map<String, Kind> INPUTS =
      Map.of(
          "teacher_logits", Kind.FLOATING,
          "teacher_indices", Kind.INTEGER,
          "teacher_probabilities", Kind.FLOATING);

  /** The teacher of a case, or null if it has none. */
  static CaseTeacher of(Case c, RowLayout layout, String scores) throws CaseException {
    var inputs = c.inputs();
    Tensor logits = c.optional("teacher_logits", layout.shape(), "that of " + scores);
    if (inputs.get("teacher_indices") == null && inputs.get("teacher_probabilities") == null) {
      return logits == null
          ? null
          : new CaseTeacher(layout.classes(), null, layout.toRows(logits.data()));
    }
    if (logits != null) {
      throw new CaseException(
          "inputs.teacher_logits is given beside other inputs of a teacher, expected one teacher");
    }
    Tensor probabilities = c.required("teacher_probabilities");
    var top = RowLayout.of("teacher_probabilities", probabilities);
    boolean fits =
        probabilities.shape().length == layout.shape().length
            && Arrays.equals(top.rowShape(), layout.rowShape());
    if (!fits) {
      String shape = Arrays.toString(probabilities.shape());
      String rule = "that of " + scores + ", but for the number of classes";
      throw CaseException.of("teacher_probabilities.shape", shape, rule);
    }
    Tensor indices =
        c.required("teacher_indices", probabilities.shape(), "that of teacher_probabilities");
    int[] classes = new Tensor(null, top.toRows(indices.data())).integers();
    return new CaseTeacher(top.classes(), classes, top.toRows(probabilities.data()));
  }

  /** Throws unless the known classes of each row that counts are classes, and differ. */
  void requireClasses(RowCase c) throws CaseException {
    if (!isTop()) {
      return;
    }
    int classes = c.layout.classes();
    int[] seen = new int[classes];
    for (int row = 0; row < c.layout.rows(); row++) {
      for (int i = 0; i < k && c.isKept(row); i++) {
        int index = indices[row * k + i];
        if (index < 0 || index >= classes) {
          throw invalid(c, row, i, "0 <= class < " + classes);
        }
        if (seen[index] > row * k) {
          throw invalid(c, row, i, "to differ from " + name(c, row, seen[index] - 1 - row * k));
        }
        seen[index] = row * k + i + 1;
      }
    }
  }

  private CaseException invalid(RowCase c, int row, int i, String rule) {
    return CaseException.of(name(c, row, i), indices[row * k + i], rule);
  }

  /** Where the case has the index: rows may lie beside each other in it. */
  private String name(RowCase c, int row, int i) {
    int inner = c.layout.inner();
    return "teacher_indices[" + ((row / inner * k + i) * inner + row % inner) + ']';
  }

  boolean isTop() {
    return indices != null;
  }

  /** Adds it to the kernel's arguments. */
  Batch teach(Batch batch, RowCase c) {
    var matrix = Matrices.of(values, c.layout.rows(), k, c.source.dtype());
    return isTop() ? batch.teacher(indices, matrix) : batch.teacher(matrix);
  }

  /** The argument of the oracle. */
  Teacher reference() {
    return isTop() ? new Teacher.TopK(k, indices, values) : new Teacher.Logits(values);
  }
}
