package io.github.surprisal.reference;

/**
 * Cross-entropy as a textbook has it, in 100 digits: -t_j log(exp(x_j) / sum exp(x)), nothing
 * shifted, one formula from logits to the number that upstream multiplies. It shares no line with
 * {@link CrossEntropyReference} and is sound for small logits only. No target is on a class that is
 * not allowed.
 */
record TextbookCrossEntropy(CrossEntropyReference loss, RowBatch batch) {

  private static final HundredDigits ZERO = HundredDigits.of(0);

  /** Sum over the rows of upstream * loss / denominator, with logit {@code index} moved by h. */
  HundredDigits value(int index, HundredDigits h) {
    HundredDigits sum = ZERO;
    for (int i = 0; i < batch.rows(); i++) {
      if (isKept(i)) {
        double upstream =
            batch.upstream() == null ? 1 : batch.upstream()[batch.upstream().length == 1 ? 0 : i];
        sum = sum.add(rowLoss(i, index, h).multiply(HundredDigits.of(upstream)));
      }
    }
    return sum.divide(denominator());
  }

  HundredDigits rowLoss(int row, int index, HundredDigits h) {
    int classes = batch.classes();
    HundredDigits[] exps = new HundredDigits[classes];
    HundredDigits sum = ZERO;
    for (int j = 0; j < classes; j++) {
      int at = row * classes + j;
      HundredDigits x = HundredDigits.of(batch.input()[at]);
      exps[j] = isAllowed(row, j) ? logit(at == index ? x.add(h) : x).exp() : ZERO;
      sum = sum.add(exps[j]);
    }
    HundredDigits total = ZERO;
    HundredDigits entropy = ZERO;
    for (int j = 0; j < classes; j++) {
      if (isAllowed(row, j)) {
        HundredDigits p = exps[j].divide(sum);
        total = total.subtract(target(row, j).multiply(p.log()));
        entropy = entropy.subtract(p.multiply(p.log()));
      }
    }
    HundredDigits squared = sum.log().multiply(sum.log()).multiply(loss.zLoss());
    HundredDigits added = squared.subtract(entropy.multiply(loss.entropy()));
    double w = batch.probabilities() == null ? classWeight(batch.labels()[row]) : 1;
    return total.add(added.multiply(w)).multiply(HundredDigits.of(rowWeight(row)));
  }

  private HundredDigits logit(HundredDigits x) {
    HundredDigits z = x.divide(HundredDigits.of(loss.logitOptions().temperature()));
    if (Double.isInfinite(loss.logitOptions().softcap())) {
      return z;
    }
    HundredDigits c = HundredDigits.of(loss.logitOptions().softcap());
    HundredDigits up = z.divide(c).exp();
    HundredDigits down = z.divide(c).negate().exp();
    return up.subtract(down).divide(up.add(down)).multiply(c);
  }

  private boolean isAllowed(int row, int j) {
    boolean[] allowed = batch.allowedClasses();
    int classes = batch.classes();
    return allowed == null || allowed[allowed.length == classes ? j : row * classes + j];
  }

  private HundredDigits target(int row, int j) {
    int allowed = 0;
    for (int i = 0; i < batch.classes(); i++) {
      allowed += isAllowed(row, i) ? 1 : 0;
    }
    HundredDigits eps = HundredDigits.of(loss.labelSmoothing());
    double q =
        batch.probabilities() != null
            ? batch.probabilities()[row * batch.classes() + j]
            : batch.labels()[row] == j ? 1 : 0;
    HundredDigits kept = HundredDigits.of(1).subtract(eps).multiply(HundredDigits.of(q));
    HundredDigits t = kept.add(eps.divide(HundredDigits.of(allowed)));
    return t.multiply(HundredDigits.of(classWeight(j)));
  }

  private HundredDigits denominator() {
    HundredDigits sum = ZERO;
    if (loss.options().reduction() != Reduction.MEAN) {
      return HundredDigits.of(1);
    }
    Denominator rule = loss.options().denominator();
    if (rule instanceof Denominator.Given given) {
      return HundredDigits.of(given.value());
    }
    for (int i = 0; i < batch.rows(); i++) {
      HundredDigits r = HundredDigits.of(rowWeight(i));
      HundredDigits w =
          HundredDigits.of(
              batch.probabilities() == null && isKept(i) ? classWeight(batch.labels()[i]) : 1);
      HundredDigits part = rule == Denominator.WEIGHTS ? r.multiply(w) : HundredDigits.of(1);
      sum = isKept(i) || rule == Denominator.ALL ? sum.add(part) : sum;
    }
    return sum;
  }

  private boolean isKept(int row) {
    boolean ignored =
        batch.labels() != null && batch.labels()[row] == CrossEntropyCase.IGNORE
            || batch.rowMask() != null && !batch.rowMask()[row];
    return !ignored;
  }

  private double rowWeight(int row) {
    return batch.rowWeights() == null ? 1 : batch.rowWeights()[row];
  }

  private double classWeight(int label) {
    return loss.options().classWeights() == null ? 1 : loss.options().classWeights()[label];
  }
}
