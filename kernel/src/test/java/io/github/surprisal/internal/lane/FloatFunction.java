package io.github.surprisal.internal.lane;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;

/** The float32 functions: vector form, scalar twin, exact value, domain and promised bound. */
enum FloatFunction {
  EXP(ExpF32::exp, ExpF32Twin::exp, StrictMath::exp, 0.92),
  EXP_NON_POSITIVE(
      ExpF32::expNonPositive,
      ExpF32Twin::expNonPositive,
      x -> x < -0x1.5d589ep6f ? 0 : StrictMath.exp(x),
      Float.NEGATIVE_INFINITY,
      0,
      0.91),
  LOG(LogF32::log, LogF32Twin::log, StrictMath::log, 0.94),
  LOG1P(Log1pF32::log1p, Log1pF32Twin::log1p, StrictMath::log1p, 1.27),
  LOG1P_NON_NEGATIVE(
      Log1pF32::log1pNonNegative,
      Log1pF32Twin::log1pNonNegative,
      StrictMath::log1p,
      0,
      Float.POSITIVE_INFINITY,
      1.27),
  LOG1P_UNIT(Log1pF32::log1pUnit, Log1pF32Twin::log1pUnit, StrictMath::log1p, 0, 1, 1.15),
  EXPM1(Expm1F32::expm1, Expm1F32Twin::expm1, StrictMath::expm1, 1.26),
  TANH(TanhF32::tanh, TanhF32Twin::tanh, StrictMath::tanh, 0.87),
  TANH_WITHIN_ONE(TanhF32::tanhWithinOne, TanhF32Twin::tanhWithinOne, StrictMath::tanh, 0, 1, 0.95);

  interface Scalar {
    float apply(float x);
  }

  final UnaryOperator<FloatVector> vector;
  final Scalar twin;
  final float from;
  final float to;
  final double maxUlps;
  private final DoubleUnaryOperator exact;

  FloatFunction(
      UnaryOperator<FloatVector> vector, Scalar twin, DoubleUnaryOperator exact, double maxUlps) {
    this(vector, twin, exact, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, maxUlps);
  }

  FloatFunction(
      UnaryOperator<FloatVector> vector,
      Scalar twin,
      DoubleUnaryOperator exact,
      float from,
      float to,
      double maxUlps) {
    this.vector = vector;
    this.twin = twin;
    this.exact = exact;
    this.from = from;
    this.to = to;
    this.maxUlps = maxUlps;
  }

  /** Whether x is NaN or in the domain; -0 is not in a domain that begins with 0. */
  boolean contains(float x) {
    return Float.isNaN(x) || Float.compare(from, x) <= 0 && Float.compare(x, to) <= 0;
  }

  /** Error of the twin at x in ulp. {@link StrictMath}'s own error is 2^-29 of that. */
  double ulps(float x) {
    return Exact.of(exact.applyAsDouble(x)).ulps(twin.apply(x), 24, Float.MIN_EXPONENT);
  }
}
