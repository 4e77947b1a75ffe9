package io.github.surprisal.internal.softmax.driver;

import static io.github.surprisal.internal.softmax.loop.Sizes.ROOM;

import io.github.surprisal.internal.lane.Provider;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import io.github.surprisal.internal.softmax.formula.Statistics;
import io.github.surprisal.internal.softmax.loop.ExponentialsKind;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import io.github.surprisal.internal.softmax.shortrow.ShortRowsF32;

/**
 * Losses of the softmax of rows of logits. Kept rows are taken in groups that fit the cache; each
 * group goes through
 *
 * <pre>
 *   maxima and exponentials with their sums, scalars of the loss, gradient
 * </pre>
 *
 * The exponentials go straight to where the gradient goes. Rows of a few classes are transposed
 * instead. Holds the scratch memory, a constant amount.
 */
public final class SoftmaxRowsF32 {
  private final LogitsF32 logits;
  private final ExponentialsStepF32 exponentials;
  private final TargetsF32 targets;
  private final GradientStepF32 gradient;
  private final RowFunctionsF32 functions;
  private final ShortRowsF32 shortRows;
  private final SoftmaxScalars softmax = new SoftmaxScalars();
  private final GradientScalars scalars = new GradientScalars();
  private final Group group = new Group();

  /** Allocates the scratch memory. */
  public SoftmaxRowsF32() {
    this(Provider.SIMD);
  }

  SoftmaxRowsF32(boolean simd) {
    var loops = SoftmaxLoopsF32.of(simd);
    logits = new LogitsF32(loops);
    exponentials = new ExponentialsStepF32(loops, logits, simd, new float[ROOM]);
    targets = new TargetsF32(loops, logits);
    gradient = new GradientStepF32(loops, logits, exponentials, targets);
    functions = new RowFunctionsF32(loops);
    shortRows = new ShortRowsF32(simd);
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, RowTerms terms) {
    boolean plain = terms.plain(batch);
    boolean few = shortRows.takes(batch, terms);
    if (!few) {
      start(batch, terms);
    }
    int capacity = few ? shortRows.capacity(batch.classes) : exponentials.capacity();
    for (int row = batch.firstRow; row < batch.rows; ) {
      row = group.collect(batch, row, capacity);
      if (group.size == 0) {
        break;
      }
      if (batch.correct != null) {
        Statistics.correct(batch, group);
      }
      if (few) {
        shortRows.run(batch, terms, group, softmax, scalars);
      } else {
        group(batch, terms);
      }
      if (batch.logProbabilities.present()) {
        functions.logProbabilities(batch, terms.logits.unit, group, softmax);
      }
      if (batch.statistics) {
        Statistics.store(batch, group, softmax, terms.logits.unit);
      }
      batch.add(group.row, scalars.loss, plain ? null : scalars.nll, group.size);
    }
    release();
    batch.total(plain);
  }

  private void start(RowBatch batch, RowTerms terms) {
    var options = terms.logits;
    // The entropy's gradient needs the logits beside the exponentials.
    logits.start(
        batch, batch.logits, options.capped ? options.capF32 : null, terms.needsEntropy(batch));
    boolean hasGradient = batch.gradient.present();
    var place = hasGradient && !replacesWhatIsNeeded(batch, terms) ? batch.gradient : null;
    var kind = ExponentialsKind.of(options.tempered(), terms.needsEntropy(batch));
    exponentials.start(batch, place, hasGradient, options.temperatureF32, kind);
    gradient.start(batch, terms);
  }

  /**
   * Whether exponentials where the gradient goes would replace what a later step still needs: the
   * target probabilities, or logits in place.
   */
  private boolean replacesWhatIsNeeded(RowBatch batch, RowTerms terms) {
    boolean summed = terms.needsTargets(batch) || terms.needsGap(batch);
    boolean seenAgain =
        logits.comeInBlocks()
            ? terms.tilts() || terms.logits.capped || summed
            : !logits.prepares() && summed;
    return batch.gradient.same(batch.probabilities)
        || (seenAgain && batch.gradient.same(batch.logits));
  }

  /** One group through its steps. */
  private void group(RowBatch batch, RowTerms terms) {
    logits.take(group);
    exponentials.run(group, batch.labels != null, softmax);
    targets.sum(batch, terms, group, softmax);
    terms.finish(batch, group, softmax, targets.sums, scalars);
    if (batch.gradient.present()) {
      gradient.run(batch, terms, group, softmax, scalars);
    }
  }

  /** The gradient of softmax by its logits, times {@code scale}, from the probabilities. */
  public void backward(RowBatch batch, double scale) {
    functions.backward(batch, (float) scale);
    functions.release();
  }

  /** Forgets the caller's arrays, so that they can be collected. */
  private void release() {
    logits.release();
    exponentials.release();
    targets.release();
    gradient.release();
    functions.release();
  }
}
