package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.page.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Handwritten digits: 64 pixels a row, scaled to 0..1, and which digit it is.
 *
 * @param pixels row after row
 * @param labels 0 to 9, one a row
 */
record Digits(float[] pixels, int[] labels) {
  static final int PIXELS = 64;
  static final int CLASSES = 10;

  /**
   * Both parts of the data, cut so that each digit has its share in both.
   *
   * @param training four fifths
   * @param heldOut one fifth, never trained on
   */
  record Split(Digits training, Digits heldOut) {}

  /** All of it, in the order of the file. */
  static Digits load() {
    var lines = Resource.compressedLines("demo/digits.csv.gz");
    float[] pixels = new float[lines.size() * PIXELS];
    int[] labels = new int[lines.size()];
    for (int row = 0; row < labels.length; row++) {
      String[] cells = lines.get(row).split(",");
      for (int i = 0; i < PIXELS; i++) {
        pixels[row * PIXELS + i] = Integer.parseInt(cells[i]) / 16f;
      }
      labels[row] = Integer.parseInt(cells[PIXELS]);
    }
    return new Digits(pixels, labels);
  }

  int rows() {
    return labels.length;
  }

  /** A split that depends on the seed alone. */
  Split split(long seed) {
    List<List<Integer>> byDigit = new ArrayList<>();
    for (int digit = 0; digit < CLASSES; digit++) {
      byDigit.add(new ArrayList<>());
    }
    for (int row = 0; row < rows(); row++) {
      byDigit.get(labels[row]).add(row);
    }
    var random = new Random(seed);
    var training = new ArrayList<Integer>();
    var heldOut = new ArrayList<Integer>();
    for (var rows : byDigit) {
      Collections.shuffle(rows, random);
      int cut = Math.round(rows.size() / 5f);
      heldOut.addAll(rows.subList(0, cut));
      training.addAll(rows.subList(cut, rows.size()));
    }
    return new Split(rows(training), rows(heldOut));
  }

  private Digits rows(List<Integer> rows) {
    var part = new Digits(new float[rows.size() * PIXELS], new int[rows.size()]);
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(pixels, rows.get(i) * PIXELS, part.pixels, i * PIXELS, PIXELS);
      part.labels[i] = labels[rows.get(i)];
    }
    return part;
  }
}
