package io.github.surprisal.reference;

/**
 * Softmax cross-entropy of logits against labels or target probabilities.
 *
 * <pre>
 * p = softmax(z),  L = log sum exp(z),  H = - sum p log p,  z from the logits by {@link LogitOptions}
 * t_j = w_j ([j = label] (1 - eps) + eps / A)     for a label
 * t_j = w_j (q_j (1 - eps) + eps / A)             for target probabilities q
 * loss = sum_j t_j (-log p_j) + v (zLoss L^2 - entropy H)
 * d loss / d z_j = (sum_i t_i) p_j - t_j + v (2 zLoss L p_j + entropy p_j (log p_j + H))
 * </pre>
 *
 * <p>with w the class weights, eps the label smoothing, spread over the A allowed classes alone,
 * and v = w of the label for a label, 1 for target probabilities. A positive {@code entropy} is a
 * bonus for uncertain predictions (the confidence penalty of Pereyra et al. 2017), a negative one
 * penalises them. MEAN divides by the sum of weights for labels and by the number of rows kept for
 * probabilities, unless told otherwise.
 *
 * <p>Special cases: 0 log 0 = 0. A logit of -infinity or a class that is not allowed is impossible;
 * a target on it gives loss +infinity and a finite gradient. A row with a NaN or +infinity logit,
 * with impossible classes alone, or that reads a NaN weight or probability, is NaN. An ignored row
 * is not read, gives 0 and has gradient +0.
 *
 * @param options class weights, ignored label, reduction and denominator
 * @param labelSmoothing eps, from 0 to 1
 * @param logitOptions temperature and softcap
 * @param zLoss weight of the squared log-sum-exp, at least 0
 * @param entropy weight of the entropy, which is subtracted; finite
 * @param hessianConvention what stands for the second derivative; null for the exact one
 */
public record CrossEntropyReference(
    RowOptions options,
    double labelSmoothing,
    LogitOptions logitOptions,
    double zLoss,
    double entropy,
    HessianConvention hessianConvention) {

  /** Checks the options. */
  public CrossEntropyReference {
    Arguments.requireUnit("labelSmoothing", labelSmoothing);
    Arguments.requireNonNegative("zLoss", zLoss);
    Arguments.require(Double.isFinite(entropy), "entropy", entropy, "finite");
    boolean plain = zLoss == 0 && entropy == 0 && Double.isInfinite(logitOptions.softcap());
    if (hessianConvention != null && !(plain && logitOptions.temperature() == 1)) {
      throw new IllegalArgumentException(
          "hessianConvention = %s, expected null with a temperature, softcap, zLoss or entropy"
              .formatted(hessianConvention));
    }
  }

  /** Cross-entropy of the logits as they are. */
  public CrossEntropyReference(RowOptions options, double labelSmoothing) {
    this(options, labelSmoothing, LogitOptions.DEFAULT, 0, 0, null);
  }

  /** This loss with another temperature and softcap. */
  public CrossEntropyReference withLogitOptions(LogitOptions logitOptions) {
    return new CrossEntropyReference(
        options, labelSmoothing, logitOptions, zLoss, entropy, hessianConvention);
  }

  /** This loss with a weight of the squared log-sum-exp. */
  public CrossEntropyReference withZLoss(double zLoss) {
    return new CrossEntropyReference(
        options, labelSmoothing, logitOptions, zLoss, entropy, hessianConvention);
  }

  /** This loss with a weight of the entropy. */
  public CrossEntropyReference withEntropy(double entropy) {
    return new CrossEntropyReference(
        options, labelSmoothing, logitOptions, zLoss, entropy, hessianConvention);
  }

  /** This loss with the second derivative of a boosting library. */
  public CrossEntropyReference withHessianConvention(HessianConvention hessianConvention) {
    return new CrossEntropyReference(
        options, labelSmoothing, logitOptions, zLoss, entropy, hessianConvention);
  }

  /** Loss, gradient and more, in 100 digits for a small batch and double-double for a large. */
  public CrossEntropyResult<?> evaluate(RowBatch batch) {
    return reduction(batch).suitsHundredDigits()
        ? evaluate(batch, HundredDigits.of(1))
        : evaluate(batch, DoubleDouble.of(1));
  }

  /** Evaluates in a given arithmetic. */
  <R extends Real<R>> CrossEntropyResult<R> evaluate(RowBatch batch, R one) {
    RowReduction reduction = reduction(batch);
    return new CrossEntropyResult<>(
        reduction.weighing(one), reduction.rows(one), batch.labels() != null);
  }

  private RowReduction reduction(RowBatch batch) {
    batch.requireTargets();
    Denominator usual = batch.probabilities() == null ? Denominator.WEIGHTS : Denominator.KEPT;
    return new RowReduction(batch, options, usual, new CrossEntropyRows(this, batch));
  }
}
