package io.github.surprisal.bench.speed;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * How fast one piece of code did one batch.
 *
 * @param batch what it worked on
 * @param code what was measured
 * @param nanos mean time
 * @param spread half of slowest less fastest iteration, as a part of the mean
 * @param bytesAllocated garbage of one call as the gc profiler of JMH counts it
 */
record Speed(
    MeasuredBatch batch, MeasuredCode code, double nanos, double spread, double bytesAllocated) {

  /** Reads what JMH measured, in nanoseconds and with its gc profiler. */
  static Speed of(RunResult result) {
    var batch =
        new MeasuredBatch(
            Shape.parse(result.getParams().getParam("shape")),
            ElementType.valueOf(result.getParams().getParam("type")),
            MeasuredLoss.valueOf(result.getParams().getParam("loss")));
    Result<?> time = result.getPrimaryResult();
    Result<?> garbage = result.getSecondaryResults().get("gc.alloc.rate.norm");
    var seen = time.getStatistics();
    return new Speed(
        batch,
        MeasuredCode.ofBenchmark(result.getParams().getBenchmark()),
        time.getScore(),
        (seen.getMax() - seen.getMin()) / 2 / seen.getMean(),
        garbage == null ? Double.NaN : garbage.getScore());
  }

  double nanosPerElement() {
    return nanos / batch.shape().elements();
  }

  /** Bytes that the contract has the code move: logits read and, if any, gradient written. */
  double gigabytesPerSecond() {
    boolean writes = code != MeasuredCode.KERNEL_LOSS && code != MeasuredCode.PLAIN_LOSS;
    return (writes ? 2 : 1) * batch.type().bytes / nanosPerElement();
  }
}
