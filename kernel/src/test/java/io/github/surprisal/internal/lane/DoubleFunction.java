package io.github.surprisal.internal.lane;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.DoubleVector;

/** The float64 functions: vector form, scalar twin, exact value, domain and promised bound. */
enum DoubleFunction {
  EXP(ExpF64::exp, ExpF64Twin::exp, Exact::exp, 1.0),
  EXP_NON_POSITIVE(
      ExpF64::expNonPositive,
      ExpF64Twin::expNonPositive,
      x -> x < -0x1.6232bdd7abcd2p9 ? Exact.of(0) : Exact.exp(x),
      Double.NEGATIVE_INFINITY,
      0,
      1.0),
  LOG(LogF64::log, LogF64Twin::log, Exact::log, 1.0),
  LOG1P(Log1pF64::log1p, Log1pF64Twin::log1p, Exact::log1p, 1.0),
  LOG1P_NON_NEGATIVE(
      Log1pF64::log1pNonNegative,
      Log1pF64Twin::log1pNonNegative,
      Exact::log1p,
      0,
      Double.POSITIVE_INFINITY,
      1.0),
  LOG1P_UNIT(Log1pF64::log1pUnit, Log1pF64Twin::log1pUnit, Exact::log1p, 0, 1, 1.5),
  EXPM1(Expm1F64::expm1, Expm1F64Twin::expm1, Exact::expm1, 1.5),
  TANH(TanhF64::tanh, TanhF64Twin::tanh, Exact::tanh, 1.0),
  TANH_WITHIN_ONE(TanhF64::tanhWithinOne, TanhF64Twin::tanhWithinOne, Exact::tanh, 0, 1, 1.0);

  interface Reference {
    Exact apply(double x);
  }

  final UnaryOperator<DoubleVector> vector;
  final DoubleUnaryOperator twin;
  final double from;
  final double to;
  final double maxUlps;
  private final Reference exact;

  DoubleFunction(
      UnaryOperator<DoubleVector> vector,
      DoubleUnaryOperator twin,
      Reference exact,
      double maxUlps) {
    this(vector, twin, exact, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, maxUlps);
  }

  DoubleFunction(
      UnaryOperator<DoubleVector> vector,
      DoubleUnaryOperator twin,
      Reference exact,
      double from,
      double to,
      double maxUlps) {
    this.vector = vector;
    this.twin = twin;
    this.exact = exact;
    this.from = from;
    this.to = to;
    this.maxUlps = maxUlps;
  }

  /** Whether x is NaN or in the domain; -0 is not in a domain that begins with 0. */
  boolean contains(double x) {
    return Double.isNaN(x) || Double.compare(from, x) <= 0 && Double.compare(x, to) <= 0;
  }

  /** Error of the twin at x in ulp. */
  double ulps(double x) {
    return exact.apply(x).ulps(twin.applyAsDouble(x), 53, Double.MIN_EXPONENT);
  }
}
