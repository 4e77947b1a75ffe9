package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/** The formula of {@link CrossEntropyReference} over the rows of one batch. */
record CrossEntropyRows(CrossEntropyReference loss, RowBatch batch) implements RowLoss {

  @Override
  public <R extends Real<R>> Row<R> row(int row, R one) {
    RowOptions options = loss.options();
    LogitRow<R> logits = LogitRow.of(batch.input(), loss.logitOptions(), batch, row, one);
    List<R> targets = Targets.of(batch, row, options, loss.labelSmoothing(), one);
    int label = batch.labels() == null ? -1 : batch.labels()[row];
    SoftmaxRow<R> softmax = new SoftmaxRow<>(logits.values());
    if (!softmax.isDefined()) {
      return Row.uniform(batch.classes(), one.constant(Double.NaN));
    }
    Terms<R> value = crossEntropy(softmax, targets);
    List<Terms<R>> gradient = softmax.gradient(targets.stream().map(Terms::of).toList());
    List<Terms<R>> hessian = hessian(softmax, targets, gradient, row);
    R v = weighsLabels(batch) ? options.classWeight(label, one) : one;
    if (loss.zLoss() != 0) {
      R lambda = v.multiply(loss.zLoss());
      Terms<R> lse = softmax.logSumExp();
      value = value.plus(lse.times(lse).times(lambda));
      gradient = sum(gradient, zLossGradient(softmax, lambda));
      hessian = sum(hessian, zLossHessian(softmax, lambda));
    }
    if (loss.entropy() != 0) {
      R beta = v.multiply(loss.entropy());
      value = value.plus(softmax.entropy().times(beta.negate()));
      gradient = sum(gradient, bonusGradient(softmax, beta));
      hessian = sum(hessian, bonusHessian(softmax, beta));
    }
    R labelNll = label < 0 ? one.constant(Double.NaN) : softmax.nll(label);
    return new Row<>(
        value,
        logits.gradient(gradient),
        labelNll,
        new CrossEntropyOutputs<>(
            softmax.logSumExp(),
            softmax.entropy(),
            labelNll.negate().exp(),
            label >= 0 && label == argmax(row),
            logits.hessian(gradient, hessian)));
  }

  /** The first of the largest logits as they are given: a softcap may make them equal. */
  private int argmax(int row) {
    int argmax = -1;
    for (int j = 0; j < batch.classes(); j++) {
      double x = batch.input()[row * batch.classes() + j];
      boolean larger = argmax < 0 || x > batch.input()[row * batch.classes() + argmax];
      argmax = batch.isAllowed(row, j) && larger ? j : argmax;
    }
    return argmax;
  }

  /** sum t_j (-log p_j), whose terms cancel where masses differ in sign. */
  static <R extends Real<R>> Terms<R> crossEntropy(SoftmaxRow<R> softmax, List<R> targets) {
    List<R> losses = new ArrayList<>();
    for (int j = 0; j < targets.size(); j++) {
      losses.add(softmax.nll(j).weightedBy(targets.get(j)));
    }
    return new Terms<>(sum(losses), magnitude(losses));
  }

  /** 2 lambda L p_j. */
  private static <R extends Real<R>> List<Terms<R>> zLossGradient(SoftmaxRow<R> softmax, R lambda) {
    return softmax.perClass(
        j -> softmax.logSumExp().times(softmax.probability(j)).times(lambda).times(2));
  }

  /** 2 lambda (L p_j (1 - p_j) + p_j^2). */
  private static <R extends Real<R>> List<Terms<R>> zLossHessian(SoftmaxRow<R> softmax, R lambda) {
    return softmax.perClass(j ->
        softmax
            .logSumExp()
            .times(softmax.complement(j))
            .plus(softmax.probability(j))
            .times(softmax.probability(j))
            .times(lambda)
            .times(2));
  }

  /** beta p_j (log p_j + H), the gradient of -beta H. */
  private static <R extends Real<R>> List<Terms<R>> bonusGradient(SoftmaxRow<R> softmax, R beta) {
    return softmax.perClass(j -> softmax.deviation(j).times(softmax.probability(j)).times(beta));
  }

  /** beta p_j ((1 - 2 p_j) (log p_j + H) + 1 - p_j). */
  private static <R extends Real<R>> List<Terms<R>> bonusHessian(SoftmaxRow<R> softmax, R beta) {
    return softmax.perClass(j -> {
      R p = softmax.probability(j);
      R q = softmax.complement(j);
      Terms<R> first = softmax.deviation(j).times(q.subtract(p)).times(p);
      return first.plus(q.multiply(p)).times(beta);
    });
  }

  /** a p_j (1 - p_j), a the sum of t, or what a library puts in its place. */
  private <R extends Real<R>> List<Terms<R>> hessian(
      SoftmaxRow<R> softmax, List<R> targets, List<Terms<R>> gradient, int row) {
    R a = sum(targets);
    R magnitude = magnitude(targets);
    R rowWeight = a.constant(batch.rowWeight(row));
    return softmax.perClass(j -> {
      R unit = softmax.probability(j).multiply(softmax.complement(j));
      R variance = a.multiply(unit);
      HessianConvention convention = loss.hessianConvention();
      Terms<R> h =
          convention == null
              ? Terms.of(variance)
              : convention.ofSoftmax(variance, gradient.get(j), batch.classes(), rowWeight);
      R largest = h.largest().max(h.sum().abs()).max(magnitude.multiply(unit));
      return new Terms<>(h.sum(), largest);
    });
  }

  private static <R extends Real<R>> R sum(List<R> terms) {
    return PairwiseSum.of(terms, terms.get(0).constant(0));
  }

  private static <R extends Real<R>> R magnitude(List<R> terms) {
    return sum(terms.stream().map(Real::abs).toList());
  }

  private static <R extends Real<R>> List<Terms<R>> sum(List<Terms<R>> x, List<Terms<R>> y) {
    List<Terms<R>> sum = new ArrayList<>();
    for (int j = 0; j < x.size(); j++) {
      sum.add(x.get(j).plus(y.get(j)));
    }
    return sum;
  }
}
