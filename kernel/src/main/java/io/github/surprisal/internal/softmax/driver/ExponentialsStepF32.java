package io.github.surprisal.internal.softmax.driver;

import static io.github.surprisal.internal.softmax.loop.Sizes.GROUP;
import static io.github.surprisal.internal.softmax.loop.Sizes.LANES;
import static io.github.surprisal.internal.softmax.loop.Sizes.ROOM;
import static io.github.surprisal.internal.softmax.loop.Sizes.ROWS;

import io.github.surprisal.internal.lane.TemperatureF32;
import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.Rows;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.LogRest;
import io.github.surprisal.internal.softmax.formula.LogRestF64;
import io.github.surprisal.internal.softmax.formula.LogRestF64Twin;
import io.github.surprisal.internal.softmax.loop.ExponentialsKind;
import io.github.surprisal.internal.softmax.loop.ExponentialsOperandsF32;
import io.github.surprisal.internal.softmax.loop.MaximumOperandsF32;
import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SlicesF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/**
 * The first step of a group: maxima, exponentials and their sums. The exponentials wait in a place
 * of the caller's, where the gradient goes, or in scratch memory; of rows of many blocks there, all
 * but those of the last block are gone then.
 */
public final class ExponentialsStepF32 {
  /** The exponentials: whole rows, or the block that was placed last. */
  public final SlicesF32 e = new SlicesF32();

  private final SoftmaxLoopsF32 loops;
  private final LogitsF32 logits;
  private final LogRest logRest;
  private final MaximumOperandsF32 maximum = new MaximumOperandsF32();
  private final ExponentialsOperandsF32 operands = new ExponentialsOperandsF32();
  private final float[] scratch;
  private Loop<ExponentialsOperandsF32> loop;
  private Loop<ExponentialsOperandsF32> loopAgain;
  private RowBatch batch;

  /** Where they wait, or null: in scratch memory, if they are needed later. */
  private Rows place;

  private boolean kept;

  /** The step of these logits; {@code scratch} has room for a group. */
  public ExponentialsStepF32(
      SoftmaxLoopsF32 loops, LogitsF32 logits, boolean simd, float[] scratch) {
    this.loops = loops;
    this.logits = logits;
    this.scratch = scratch;
    logRest = simd ? new LogRestF64() : new LogRestF64Twin();
    operands.x = logits.x;
    operands.e = e;
  }

  /**
   * Which call follows, whose logits are started.
   *
   * @param place where exponentials wait; null for scratch memory
   * @param kept whether they are needed later
   * @param kind what is summed
   */
  public void start(
      RowBatch batch, Rows place, boolean kept, TemperatureF32 temperature, ExponentialsKind kind) {
    this.batch = batch;
    this.place = place;
    this.kept = kept;
    operands.scale.temperature = temperature;
    loop = loops.exponentials(kind);
    loopAgain = loops.exponentials(ExponentialsKind.of(kind.tempered(), false));
  }

  /** How many rows a group holds. */
  public int capacity() {
    if (logits.comeInBlocks() || forgets()) {
      return 1;
    }
    boolean inScratch = logits.prepares() || (kept && place == null);
    int pitch = inScratch ? logits.pitch() : batch.classes;
    return Math.clamp((inScratch ? ROOM : GROUP) / pitch, 1, ROWS);
  }

  /** Whether the exponentials of a block are gone once the next has been summed. */
  public boolean forgets() {
    return kept && place == null && !Sizes.isOneBlock(batch.classes);
  }

  /** Points at the exponentials of the block that begins with class c. */
  public void place(Group group, int c) {
    if (place != null && batch.classes >= LANES) {
      e.set(place, group.row);
      e.from = c;
    } else {
      e.set(scratch, kept && !forgets() ? logits.pitch() : 0);
    }
  }

  /** Computes them; rows have labels only if these are {@code wanted}. */
  public void run(Group group, boolean wanted, SoftmaxScalars s) {
    operands.softmax = s;
    operands.label = wanted ? group.label : null;
    operands.rows = group.size;
    operands.keeps = place != null;
    if (logits.comeInBlocks()) {
      findMaximum(group, wanted, s);
      for (int c = 0, n; c < batch.classes; c += n) {
        n = Sizes.block(c, batch.classes);
        block(group, c, n, loop);
      }
    } else {
      logits.seeAll();
      place(group, 0);
      operands.whole = true;
      operands.n = logits.length();
      loop.run(operands);
    }
    for (int r = 0; r < group.size; r++) {
      s.rest[r] += s.ties[r] * s.maxExp[r];
    }
    logRest.run(group.size, s);
  }

  /** The maximum of the one row of a group, and its label's logit. */
  private void findMaximum(Group group, boolean wanted, SoftmaxScalars s) {
    int label = wanted ? group.label[0] : -1;
    float labelLogit = Float.NEGATIVE_INFINITY;
    maximum.max = Float.NEGATIVE_INFINITY;
    for (int c = 0, n; c < batch.classes; c += n) {
      n = Sizes.block(c, batch.classes);
      logits.see(c, n);
      maximum.x = logits.x.array;
      maximum.at = logits.x.at(0);
      maximum.n = n;
      loops.maximum().run(maximum);
      if (label >= c && label < c + n) {
        labelLogit = maximum.x[maximum.at + label - c];
      }
    }
    s.start(0, maximum.max, labelLogit);
  }

  /** Computes the exponentials of a block that are gone again, which changes no sum. */
  public void again(Group group, int c, int n) {
    SoftmaxScalars s = operands.softmax;
    double rest = s.rest[0];
    double ties = s.ties[0];
    block(group, c, n, loopAgain);
    s.rest[0] = rest;
    s.ties[0] = ties;
  }

  private void block(Group group, int c, int n, Loop<ExponentialsOperandsF32> loop) {
    logits.see(c, n);
    place(group, c);
    operands.whole = false;
    operands.block = c;
    operands.n = n;
    loop.run(operands);
  }

  /** Forgets the caller's arrays. */
  public void release() {
    e.release();
    maximum.release();
  }
}
