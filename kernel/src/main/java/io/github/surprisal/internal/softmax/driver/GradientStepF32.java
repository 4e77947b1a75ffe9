package io.github.surprisal.internal.softmax.driver;

import static io.github.surprisal.internal.softmax.loop.Sizes.LANES;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import io.github.surprisal.internal.softmax.loop.GradientKind;
import io.github.surprisal.internal.softmax.loop.GradientOperandsF32;
import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SlicesF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/**
 * The last step of a group: from exponentials and the scalars of the loss to the gradient, and
 * before that to second derivatives.
 */
final class GradientStepF32 {
  private final SoftmaxLoopsF32 loops;
  private final LogitsF32 logits;
  private final ExponentialsStepF32 exponentials;
  private final TargetsF32 targets;
  private final HessianStepF32 hessian;
  private final GradientOperandsF32 operands = new GradientOperandsF32();
  private final SlicesF32 rows = new SlicesF32();
  private GradientKind kind;
  private Loop<GradientOperandsF32> loop;

  GradientStepF32(
      SoftmaxLoopsF32 loops,
      LogitsF32 logits,
      ExponentialsStepF32 exponentials,
      TargetsF32 targets) {
    this.loops = loops;
    this.logits = logits;
    this.exponentials = exponentials;
    this.targets = targets;
    hessian = new HessianStepF32(loops.hessian());
    operands.e = exponentials.e;
    operands.t = targets.t;
    operands.y = logits.x;
    operands.damping = logits.damping;
  }

  /** Which call follows. */
  void start(RowBatch batch, RowTerms terms) {
    kind = GradientKind.of(terms.needsTargets(batch), terms.tilts(), terms.logits.capped);
    loop = loops.gradient(kind);
  }

  void run(RowBatch batch, RowTerms terms, Group group, SoftmaxScalars s, GradientScalars out) {
    operands.slope = out.slope;
    operands.uniform = kind.targets() ? out.scale : out.uniform;
    operands.tilt = out.tilt;
    operands.max = s.max;
    rows.set(batch.gradient, group.row);
    for (int c = 0, n; c < batch.classes; c += n) {
      n = Sizes.block(c, batch.classes);
      if (exponentials.forgets()) {
        exponentials.again(group, c, n);
      } else {
        exponentials.place(group, c);
        if (kind.tilted() || kind.damped()) {
          logits.see(c, n);
        }
      }
      if (batch.hessian.present()) {
        hessian.block(batch, group, s, out, exponentials.e, c, n);
      }
      block(batch, terms, group, c, n);
      single(batch, group, out, c, n);
    }
  }

  /** Rows of fewer than 16 classes stay where their exponentials are, to be copied. */
  private void block(RowBatch batch, RowTerms terms, Group group, int c, int n) {
    rows.from = c;
    operands.g = n < LANES ? exponentials.e : rows;
    operands.n = Math.max(n, LANES);
    if (kind.targets() && !TargetsF32.asGiven(batch, terms, n)) {
      for (int r = 0; r < group.size; r++) {
        targets.see(batch, terms, group, r, c, n);
        operands.first = r;
        operands.end = r + 1;
        loop.run(operands);
      }
    } else {
      if (kind.targets()) {
        targets.seeGiven(batch, group, c);
      }
      operands.first = 0;
      operands.end = group.size;
      loop.run(operands);
    }
    SlicesF32 e = exponentials.e;
    for (int r = 0; n < LANES && r < group.size; r++) {
      System.arraycopy(e.array, e.at(r), rows.array, rows.at(r), n);
    }
  }

  /** What is special at the label, and where a class is not allowed. */
  private void single(RowBatch batch, Group group, GradientScalars out, int c, int n) {
    float[] g = rows.array;
    boolean labels = batch.labels != null && !batch.probabilities.present();
    for (int r = 0; r < group.size; r++) {
      int i = group.label[r] - c;
      if (labels && i >= 0 && i < n) {
        double factor = kind.damped() ? logits.damping.array[logits.damping.at(r) + i] : 1;
        g[rows.at(r) + i] = (float) (out.atLabel[r] * factor);
      }
      if (batch.allowed.present() && !Double.isNaN(out.slope[r])) {
        batch.allowed.fillOthers(group.row[r], c, n, g, rows.at(r), 0);
      }
    }
  }

  /** Forgets the caller's arrays. */
  void release() {
    rows.release();
    hessian.release();
  }
}
