package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The functions of both arithmetics against values found elsewhere, and at IEEE's special values.
 */
class ElementaryFunctionsTest {

  /** Values by Python's decimal module at 700 digits, of the double nearest to x. */
  @ParameterizedTest
  @CsvSource({
    "exp, -700, 9.85967654375977085670537294784946510511560018140094171058647E-305",
    "exp, 709.75, 1.73983687326416055769825271167383039386476848748305484259749E+308",
    "exp, -745, 2.82235073047193707635344008205978262082436306291017790263405E-324",
    "expm1, 1e-61, 1.00000000000000003952281235388981221231693792822171729465034E-61",
    "expm1, 1e-300, 1.00000000000000002505909183520875968569614680770370524992534E-300",
    "expm1, -0.34, -0.288229677237390302304970101913438272914102167934993667554352",
    "log, 1e-300, -690.775527898213705180338344570100502908613341583641344062547",
    "log, 5e-324, -744.440071921381262314107298446081634113087144302914142925610",
    "log, 1.7976931348623157e308, 709.782712893383996732223389910657145503973148736664163038603",
    "log, 0x1.0000000000001p0, 2.22044604925031283432823045461548792598233180790111470255693E-16",
    "log, 0x1.fffffffffffffp-1, -1.11022302462515660205338988848237217180973272006529009577799E-16",
    "log1p, 1e-61, 1.00000000000000003952281235388981221231693792822171729465034E-61",
    "log1p, 0.75, 0.559615787935422686270888500526826593486084460861350680218030",
    "log1p, 1e30, 69.0775527898213705404243684791879260303338921717957302610003",
    "log1p, -0x1.fffffffffffffp-1, "
        + "-36.7368005696771013991133024372833581080015071210935284683960",
    "tanh, 1e-61, 1.00000000000000003952281235388981221231693792822171729465034E-61",
    "tanh, 0.01, 0.00999966667999946054747492153204477123479250465737203043997443",
    "tanh, 0.5, 0.462117157260009758502318483643672548730289280330113038552732",
    "tanh, -20, -0.999999999999999991503291489416822045438558191190987257130475",
    "sqrt, 2.0, 1.41421356237309504880168872420969807856967187537694807317668",
    "sqrt, 1e-300, 1.00000000000000001252954591760437976435331295317356317150956E-150",
    "sqrt, 3e+299, 5.47722557505166127835990566888883591428275629639538471705835E+149",
    "sqrt, 0.7, 0.836660026534075521438765590310184736481391967232487559212892",
    "sigmoid, -700.0, 9.85967654375977085670537294784946510511560018140094171058647E-305",
    "sigmoid, 0.5, 0.622459331201854564638900565745508478753279365308910163059437",
    "sigmoid, 1e-30, 0.500000000000000000000000000000250000000000000020834105151896",
    "sigmoid, 40.0, 0.999999999999999995751645744708411022719279095595493628565237",
    "softplus, -700.0, 9.85967654375977085670537294784946510511560018140094171058647E-305",
    "softplus, 0.5, 0.974076984180106680872997355081170749755596194667862841200815",
    "softplus, 40.0, 40.0000000000000000042483542552915889863049778436315821818778",
    "softplus, 800.0, 800.000000000000000000000000000000000000000000000000000000000",
    "pow 1.75, 0.3, 0.121608013932633087582958022541422748140305497815431612979628",
    "pow 1.75, 7.0, 30.1246194946119538956006259709792028384001799926329321792315",
    "pow 1.75, 1e-40, 9.99999999999999876262538949790257034998471919538624340829407E-71",
    "logGamma, 0.5, 0.572364942924700087071713675676529355823647406457655785756812",
    "logGamma, 3.0, 0.693147180559945309417232121458176568075500134360255254120680",
    "logGamma, 25.0, 54.7847293981123191900933440836061846868662123813331153757207",
    "logGamma, 171.0, 706.573062245787347110722262721298314676235343439730857568684",
    "logGamma, 10.5, 13.9406252194037636331612378879718494797994528048474955812463",
    "logGamma, 100.5, 361.435540467777621555251912702520762858778835247221847536980"
  })
  void agreesWithPublishedDigits(String function, String x, String expected) {
    HundredDigits digits = HundredDigits.parse(expected);
    double argument = Double.parseDouble(x);
    String name = function + "(" + x + ")";
    RelativeError.assertWithin(1e-58, apply(function, HundredDigits.of(argument)), digits, name);
    RelativeError.assertWithin(
        RelativeError.DOUBLE_DOUBLE, apply(function, DoubleDouble.of(argument)), digits, name);
  }

  @Test
  void keepsFortyDigitsOfTheSmallestSoftplus() {
    HundredDigits expected =
        HundredDigits.parse("9.85967654375977085670537294784946510511560018140094171058647E-305");
    RelativeError.assertWithin(1e-58, HundredDigits.of(-700).exp().log1p(), expected, "100 digits");
    RelativeError.assertWithin(
        RelativeError.DOUBLE_DOUBLE, DoubleDouble.of(-700).exp().log1p(), expected, "two doubles");
  }

  private static <R extends Real<R>> R apply(String function, R x) {
    return switch (function) {
      case "exp" -> x.exp();
      case "expm1" -> x.expm1();
      case "log" -> x.log();
      case "log1p" -> x.log1p();
      case "tanh" -> x.tanh();
      case "sqrt" -> x.sqrt();
      case "sigmoid" -> x.sigmoid();
      case "softplus" -> x.softplus();
      case "pow 1.75" -> x.pow(1.75);
      case "logGamma" -> x.logGamma();
      default -> throw new IllegalArgumentException("function = " + function);
    };
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        -1,
        -2,
        1e6,
        -1e6,
        0x1p31,
        -0x1p31,
        Double.MAX_VALUE,
        -Double.MAX_VALUE
      })
  void takesSpecialValuesAsIeeeDoes(double x) {
    for (String function : List.of("exp", "expm1", "log", "log1p", "tanh", "sqrt", "sigmoid")) {
      DoubleUnaryOperator strict =
          switch (function) {
            case "exp" -> StrictMath::exp;
            case "expm1" -> StrictMath::expm1;
            case "log" -> StrictMath::log;
            case "log1p" -> StrictMath::log1p;
            case "sqrt" -> StrictMath::sqrt;
            case "sigmoid" -> z -> 1 / (1 + StrictMath.exp(-z));
            default -> StrictMath::tanh;
          };
      double expected = strict.applyAsDouble(x);
      String name = function + "(" + x + ")";
      assertRoundsWithSign(expected, apply(function, HundredDigits.of(x)), name);
      assertRoundsWithSign(expected, apply(function, DoubleDouble.of(x)), name);
    }
  }

  @Test
  void takesSpecialOperandsAsIeeeDoes() {
    double[] values = {
      0.0, -0.0, 1, -3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0 / 0
    };
    for (double x : values) {
      for (double y : values) {
        assertOperations(x, y, HundredDigits.of(x), HundredDigits.of(y));
        assertOperations(x, y, DoubleDouble.of(x), DoubleDouble.of(y));
      }
    }
  }

  private static <R extends Real<R>> void assertOperations(double x, double y, R exactX, R exactY) {
    String operands = " of " + x + " and " + y;
    assertRounds(x + y, exactX.add(exactY), "sum" + operands);
    assertRounds(x - y, exactX.subtract(exactY), "difference" + operands);
    assertRounds(x * y, exactX.multiply(exactY), "product" + operands);
    assertRounds(x / y, exactX.divide(exactY), "quotient" + operands);
    assertEquals(x > y, exactX.isGreaterThan(exactY), "order" + operands);
  }

  private static void assertRounds(double expected, Real<?> exact, String name) {
    double rounded = Precision.FLOAT64.round(exact);
    boolean plain = Double.isFinite(expected) && expected != 0;
    assertEquals(expected + 0.0, rounded + 0.0, plain ? Math.ulp(expected) : 0, name);
  }

  private static void assertRoundsWithSign(double expected, Real<?> exact, String name) {
    assertRounds(expected, exact, name);
    assertEquals(expected < 0 || 1 / expected < 0, exact.isNegative(), "sign of " + name);
  }

  @Test
  void logGammaIsThatOfAHundredDigits() {
    // Gamma(x) Gamma(1 - x) = pi / sin(pi x), here with sin(pi/6) = 1/2 and sin(pi/4)^2 = 1/2.
    HundredDigits one = HundredDigits.of(1);
    HundredDigits sixth = one.divide(HundredDigits.of(6));
    HundredDigits quarter = HundredDigits.of(0.25);
    HundredDigits logPi = one.pi().log();
    HundredDigits atSixth = sixth.logGamma().add(one.subtract(sixth).logGamma());
    RelativeError.assertWithin(1e-94, atSixth, logPi.add(one.ln2()), "1/6");
    HundredDigits atQuarter = quarter.logGamma().add(one.subtract(quarter).logGamma());
    RelativeError.assertWithin(1e-94, atQuarter, logPi.add(one.ln2().scalb(-1)), "1/4");
  }

  @Test
  void logGammaTakesSpecialValues() {
    double inf = Double.POSITIVE_INFINITY;
    double[][] points = {
      {0, inf}, {-1, Double.NaN}, {inf, inf}, {1, 0}, {2, 0}, {-inf, Double.NaN}
    };
    for (double[] point : points) {
      assertRounds(point[1], HundredDigits.of(point[0]).logGamma(), "logGamma of " + point[0]);
      assertRounds(point[1], DoubleDouble.of(point[0]).logGamma(), "logGamma of " + point[0]);
    }
  }

  @Test
  void powTakesSpecialValues() {
    double inf = Double.POSITIVE_INFINITY;
    for (double x : new double[] {0, 1, inf}) {
      for (double y : new double[] {0, 0.5, 3, -1}) {
        double expected = StrictMath.pow(x, y);
        assertRounds(expected, HundredDigits.of(x).pow(y), x + " to the " + y);
        assertRounds(expected, DoubleDouble.of(x).pow(y), x + " to the " + y);
      }
    }
    assertRounds(Double.NaN, HundredDigits.of(-1).pow(2.5), "-1 to the 2.5");
  }

  @Test
  void softplusTakesSpecialValues() {
    double inf = Double.POSITIVE_INFINITY;
    double[][] points = {{inf, inf}, {-inf, 0}, {Double.NaN, Double.NaN}, {1e6, 1e6}, {-1e6, 0}};
    for (double[] point : points) {
      assertRounds(point[1], HundredDigits.of(point[0]).softplus(), "softplus of " + point[0]);
      assertRounds(point[1], DoubleDouble.of(point[0]).softplus(), "softplus of " + point[0]);
    }
  }
}
