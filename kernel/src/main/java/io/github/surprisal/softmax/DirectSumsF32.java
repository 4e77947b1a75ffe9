package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.LogF64Twin;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;

/** The sums of {@link DirectKlF32} over rows, and the divergences that they give. */
final class DirectSumsF32 {
  final PairF32 pair;

  /** -ratio, the same for all rows of a batch. */
  float minusRatio;

  /** The sum of each row over what was seen of it; NaN where none is taken. */
  final double[] sum = new double[RowGroup.CAPACITY];

  /** Factors of the gradients of a group of whole rows, and where those go in the pair's g. */
  final float[] slope = new float[RowGroup.CAPACITY];

  final float[] scale = new float[RowGroup.CAPACITY];
  final int[] to = new int[RowGroup.CAPACITY];

  private final PassF32[] sums;
  private final PassF32[] sumsAndGradients;
  private final PassF32[] besideTeacher = {this::addBlock};

  /** What a divergence has to be to be exact enough. */
  private double least;

  DirectSumsF32(PairF32 pair, boolean simd) {
    this.pair = pair;
    sums = new PassF32[] {simd ? new DirectKlF32(this) : new DirectKlF32Twin(this)};
    sumsAndGradients =
        new PassF32[] {
          simd ? new DirectKlF32.WithGradient(this) : new DirectKlF32Twin.WithGradient(this)
        };
  }

  /**
   * Takes up the number n of classes, and the units of both sides. The least divergence that is
   * exact enough as its definition gives it follows: it is off by less than log n + 3 ulp of 1 and
   * what the sum rounds, where 8 + n/8 ulp of the divergence are promised; below 1/8 it would lose
   * more digits than need be.
   */
  void load(int classes) {
    double promised = 8 + Math.min(classes, BLOCK) / 8.0;
    least = Math.max(0.125, (LogF64Twin.log(classes) + 3) / promised);
    minusRatio = (float) (-pair.student.unit / pair.teacher.unit);
    Arrays.fill(sum, Double.NaN);
  }

  /** Begins the sum of a row of many blocks; what is to be done with each of the teacher's. */
  PassF32[] start() {
    sum[0] = 0;
    return besideTeacher;
  }

  private void addBlock(RowBufferF32 b) {
    pair.padded = TreeF32.padded(b.blockLength);
    pair.student.seeLogits(b.block, b.blockLength);
    pair.teacher.seeBlock(b.block, b.blockLength, RowBufferF32.NOTHING);
    pair.student.buffer.run(sums);
  }

  /** Takes the sums of a group of whole rows. */
  void take() {
    pair.student.see(0);
    pair.teacher.see(0);
    pair.padded = pair.student.buffer.pitch;
    run(sums);
  }

  /** Takes them and writes the gradients, whose factors are known. */
  void takeWithGradients() {
    run(sumsAndGradients);
  }

  private void run(PassF32[] list) {
    RowBufferF32 b = pair.student.buffer;
    Arrays.fill(sum, 0, b.rows, 0);
    b.run(list);
  }

  /** Adds what the passes left in the lanes of the student's rows. */
  void addLanes() {
    RowBufferF32 b = pair.student.buffer;
    for (int r = 0; r < b.rows; r++) {
      sum[r] += TreeF32.sum(b.lanes, r * TreeF32.LANES);
    }
  }

  /** The divergence of row r of the group, whose sum is gone then. */
  double value(int r) {
    RowGroup p = pair.teacher.group;
    double s = sum[r];
    sum[r] = Double.NaN;
    double logRests = pair.student.group.logRest[r] - p.logRest[r];
    return s * p.inverse[r] * pair.teacher.unit + logRests;
  }

  /** Whether such a value is exact enough. */
  boolean isEnough(double value) {
    return value >= least && value < Double.POSITIVE_INFINITY;
  }
}
