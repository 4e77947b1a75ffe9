package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.page.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of verses, in two parts.
 *
 * @param training nine verses of ten
 * @param heldOut every tenth verse, never trained on
 */
record Verses(List<String> training, List<String> heldOut) {

  /** The text in the jar. */
  static Verses load() {
    return of(Resource.compressedLines("demo/kjv.txt.gz"));
  }

  /** Splits by position, so that the parts are the same in every run. */
  static Verses of(List<String> verses) {
    var training = new ArrayList<String>();
    var heldOut = new ArrayList<String>();
    for (int i = 0; i < verses.size(); i++) {
      (i % 10 == 9 ? heldOut : training).add(verses.get(i));
    }
    return new Verses(training, heldOut);
  }
}
