package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pointwise formula against textbook values and central differences. */
class PointwiseDerivativesTest {

  private static final HundredDigits STEP = HundredDigits.parse("1e-33");

  static List<PointwiseCase> everyLoss() {
    return PointwiseCase.all();
  }

  @ParameterizedTest
  @MethodSource("everyLoss")
  void valueIsTheTextbooks(PointwiseCase each) {
    for (double[] point : each.points()) {
      double extra = point.length < 3 ? Double.NaN : point[2];
      double expected = each.textbook().value(point[0], point[1], extra);
      double actual = at(each, point, 0, 0).value().sum().estimate();
      assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)), message(each, point));
    }
  }

  /** (f(x + h) - f(x - h)) / 2h has an error of O(h^2), h = 1e-33. */
  @ParameterizedTest
  @MethodSource("everyLoss")
  void slopesAreCentralDifferences(PointwiseCase each) {
    for (double[] point : each.points()) {
      Element<HundredDigits> exact = at(each, point, 0, 0);
      String message = message(each, point);
      assertSlope(each, point, 0, e -> e.value(), exact.slope(), "slope, " + message);
      assertSlope(each, point, 0, e -> e.slope(), exact.curvature(), "curvature, " + message);
      if (each.formula().hasSecondParameter()) {
        assertSlope(each, point, 2, e -> e.value(), exact.extraSlope(), "extra, " + message);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyLoss")
  void doubleDoubleAgreesWithAHundredDigits(PointwiseCase each) {
    for (double[] point : each.points()) {
      Element<HundredDigits> exact = at(each, point, 0, 0);
      Element<DoubleDouble> fast =
          each.formula()
              .at(
                  DoubleDouble.of(point[0]),
                  DoubleDouble.of(point[1]),
                  point.length < 3 ? null : DoubleDouble.of(point[2]),
                  FLOAT64);
      String message = message(each, point);
      assertAgree(fast.value(), exact.value(), "value, " + message);
      assertAgree(fast.slope(), exact.slope(), "slope, " + message);
      assertAgree(fast.curvature(), exact.curvature(), "curvature, " + message);
      if (each.formula().hasSecondParameter()) {
        assertAgree(fast.extraSlope(), exact.extraSlope(), "extra, " + message);
      }
    }
  }

  private static void assertAgree(
      Terms<DoubleDouble> fast, Terms<HundredDigits> exact, String message) {
    double error = RelativeError.of(fast.sum(), exact.sum(), exact.largest());
    assertTrue(error <= 0x1p-88, () -> message + ", error " + error);
    assertEquals(
        exact.largest().estimate(),
        fast.largest().estimate(),
        1e-14 * exact.largest().estimate(),
        message);
    assertTrue(!exact.sum().abs().isGreaterThan(exact.largest()), message);
  }

  private interface Output {
    Terms<HundredDigits> of(Element<HundredDigits> element);
  }

  private static void assertSlope(
      PointwiseCase each,
      double[] point,
      int moved,
      Output output,
      Terms<HundredDigits> expected,
      String message) {
    HundredDigits rise =
        output
            .of(at(each, point, moved, 1))
            .sum()
            .subtract(output.of(at(each, point, moved, -1)).sum());
    HundredDigits slope = rise.divide(STEP.multiply(2));
    double error = expected.sum().subtract(slope).abs().estimate();
    assertTrue(error < 1e-52, () -> message + ", slope " + slope + ", error " + error);
  }

  /** The formula where one input has moved by so many steps. */
  private static Element<HundredDigits> at(
      PointwiseCase each, double[] point, int moved, int steps) {
    HundredDigits h = STEP.multiply(steps);

    HundredDigits p = HundredDigits.of(point[0]);
    HundredDigits t = HundredDigits.of(point[1]);
    HundredDigits extra = point.length < 3 ? null : HundredDigits.of(point[2]);
    return each.formula()
        .at(moved == 0 ? p.add(h) : p, t, moved == 2 ? extra.add(h) : extra, FLOAT64);
  }

  private static String message(PointwiseCase each, double[] point) {
    return each + " at " + Arrays.toString(point);
  }
}
