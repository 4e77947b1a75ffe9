package io.github.surprisal.reference;

import java.util.Arrays;

/** Where the probabilities come from that a student learns. Arrays are not copied. */
public sealed interface Teacher {

  /** Throws unless this teaches such a batch, whose ignored rows are not read. */
  void require(RowBatch batch, int ignoreIndex);

  /**
   * A teacher with logits of its own.
   *
   * @param values [rows, classes]; -infinity is an impossible class
   */
  record Logits(double... values) implements Teacher {
    @Override
    public void require(RowBatch batch, int ignoreIndex) {
      Arguments.requireLength("teacher", values.length, batch.input().length);
    }
  }

  /**
   * A teacher of whom the k most likely classes of a row are known. The other classes have
   * probability 0, and the given ones are taken as they are: not scaled to sum 1, and no
   * temperature applies to them. A negative one or NaN makes the row NaN.
   *
   * @param k how many classes of each row are known
   * @param indices which classes, [rows, k], all different in a row
   * @param probabilities [rows, k]
   */
  record TopK(int k, int[] indices, double[] probabilities) implements Teacher {
    @Override
    public void require(RowBatch batch, int ignoreIndex) {
      Arguments.requireLength("indices", indices.length, Math.multiplyExact(batch.rows(), k));
      Arguments.requireLength("probabilities", probabilities.length, indices.length);
      int classes = batch.classes();
      for (int i = 0; i < indices.length; i++) {
        if (!batch.isKept(i / k, ignoreIndex)) {
          continue;
        }
        String name = "indices[" + i + "]";
        Arguments.require(indices[i] >= 0, name, indices[i], ">= 0");
        Arguments.require(indices[i] < classes, name, indices[i], "< " + classes);
        int index = indices[i];
        boolean repeated = Arrays.stream(indices, i - i % k, i).anyMatch(j -> j == index);
        Arguments.require(!repeated, name, indices[i], "to differ in its row");
      }
    }
  }
}
