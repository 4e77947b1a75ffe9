package io.github.surprisal.internal.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The maximum error of every function against its promise.
 *
 * <p>Measured on the scalar twin; {@link TwinTest} ties the vector form to it. The exhaustive tests
 * print the witness that the Javadoc of the function names.
 */
class AccuracyTest {
  private static final long SEED = 20260611;

  @ParameterizedTest
  @EnumSource
  void floatsInSteps(FloatFunction function) {
    check(function, 4099);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void everyFloat(FloatFunction function) {
    check(function, 1);
  }

  @ParameterizedTest
  @EnumSource
  void floatsAtHardPlaces(FloatFunction function) {
    Samples.hard(0).forEach(x -> checkOne(function, (float) x));
  }

  @ParameterizedTest
  @EnumSource
  void doubles(DoubleFunction function) {
    check(function, Samples.hard(0));
    check(function, Samples.random(20_000, SEED));
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void millionsOfDoubles(DoubleFunction function) {
    check(function, Samples.hard(40));
    check(function, Samples.random(10_000_000, SEED));
  }

  /** The arguments that the Javadoc names, with the errors it states. */
  @ParameterizedTest
  @CsvSource({
    "EXP, 0x1.dfa43cp5, 0.9106",
    "EXP_NON_POSITIVE, -0x1.196b42p6, 0.9035",
    "LOG, 0x1.4574e2p-1, 0.9339",
    "LOG1P, 0x1.fffffep-2, 1.2684",
    "LOG1P_NON_NEGATIVE, 0x1.fffffep-2, 1.2684",
    "LOG1P_UNIT, 0x1.ee4458p-1, 1.1415",
    "EXPM1, 0x1.631b12p-2, 1.2524",
    "TANH, 0x1.61527ap-3, 0.8650",
    "TANH_WITHIN_ONE, 0x1.d282b4p-1, 0.9451"
  })
  void floatWitnesses(FloatFunction function, float x, double ulps) {
    assertEquals(ulps, function.ulps(x), 1e-3, function::name);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, -0x1.625f4e8d36748p9, 0.908",
    "EXP_NON_POSITIVE, -0x1.1aa179acf86d9p9, 0.878",
    "LOG, 0x1.7c540bf516b51p-1, 0.899",
    "LOG1P, -0x1.075f664a3c856p-2, 0.907",
    "LOG1P_NON_NEGATIVE, 0x1.fa6aa8b1969fcp-2, 0.892",
    "LOG1P_UNIT, 0x1.eb3f89a9f2faap-1, 1.404",
    "EXPM1, 0x1.28adcec643ae4p5, 1.183",
    "TANH, 0x1.6fec804c7df4dp-3, 0.795",
    "TANH_WITHIN_ONE, 0x1.a48cfc97d7e8p-1, 0.907"
  })
  void doubleWitnesses(DoubleFunction function, double x, double ulps) {
    assertEquals(ulps, function.ulps(x), 1e-3, function::name);
  }

  /** The yardstick itself, at 40 digits from mpmath. */
  @ParameterizedTest
  @CsvSource({
    "exp, -745.0, 2.822350730471937076353440082059782620824e-324",
    "exp, -0.3, 0.7408182206817178742916082359446519848763",
    "exp, 0.34657359027997264, 1.414213562373095032403551444611942253972",
    "exp, 709.5, 1.354986319314632830876632274053603338299e+308",
    "expm1, 1e-10, 0.0000000001000000000050000036433863985807669644231",
    "expm1, -0.35, -0.2953119102812865499979604532724472235941",
    "expm1, 0.7, 1.013752707470476432195964519184246838532",
    "expm1, -30.0, -0.9999999999999064237703115982539508416778",
    "expm1, 500.0, 1.403592217852837410739770332840912082181e+217",
    "log, 5e-324, -744.4400719213812623141072984460816341131",
    "log, 0.9999999999999999, -1.11022302462515660205338988848237217181e-16",
    "log, 1.5, 0.405465108108164381978013115464349136572",
    "log, 1.7e+308, 709.7268368932282410377910263757729268826",
    "log1p, -0.9999999999999999, -36.736800569677101399113302437283358108",
    "log1p, 1e-12, 9.999999999994999798866479626090620527069e-13",
    "log1p, -0.3, -0.3566749439387323630523097880246625976872",
    "log1p, 0.5, 0.405465108108164381978013115464349136572",
    "log1p, 123.0, 4.820281565605036864763628567458710346601",
    "log1p, 1e+20, 46.05170185988091368036982909368728415202",
    "tanh, 1e-05, 0.000009999999999666667484710539058509501867506",
    "tanh, -0.2, -0.1973753202249040114078777922452633402797",
    "tanh, 0.55, 0.5005202111902352417035303880080551130315",
    "tanh, 2.5, 0.9866142981514302888812760392373496392125",
    "tanh, 18.0, 0.9999999999999995360954339512862299412705"
  })
  void exactValues(String function, double x, BigDecimal expected) {
    Exact y =
        switch (function) {
          case "exp" -> Exact.exp(x);
          case "expm1" -> Exact.expm1(x);
          case "log" -> Exact.log(x);
          case "log1p" -> Exact.log1p(x);
          default -> Exact.tanh(x);
        };
    var power = new BigDecimal(2).pow(Math.abs(y.exponent()));
    var sum = new BigDecimal(y.high()).add(new BigDecimal(y.low()));
    var actual = y.exponent() < 0 ? sum.divide(power) : sum.multiply(power);
    var error = actual.subtract(expected).divide(expected, MathContext.DECIMAL64).abs();
    assertTrue(error.doubleValue() < 0x1p-92, () -> function + "(" + x + "): error " + error);
  }

  @Test
  void exactValuesMeasureHalfAnUlp() {
    double half = Exact.of(1 + 0x1p-24).ulps(1, 24, Float.MIN_EXPONENT);
    assertTrue(half == 0.5, () -> "half an ulp measured as " + half);
  }

  private record Worst(double ulps, double at) {
    Worst or(Worst other) {
      return other.ulps > ulps ? other : this;
    }
  }

  private static void check(FloatFunction function, int step) {
    Worst worst =
        LongStream.range(0, (1L << 32) / step)
            .parallel()
            .mapToObj(i -> worst(function, Float.intBitsToFloat((int) (i * step))))
            .reduce(new Worst(0, 0), Worst::or);
    report(function + " float32", worst, function.maxUlps);
  }

  private static Worst worst(FloatFunction function, float x) {
    return function.contains(x) ? new Worst(function.ulps(x), x) : new Worst(0, 0);
  }

  private static void checkOne(FloatFunction function, float x) {
    Worst worst = worst(function, x);
    assertTrue(worst.ulps <= function.maxUlps, () -> function + " float32: " + worst);
  }

  private static void check(DoubleFunction function, DoubleStream arguments) {
    Worst worst =
        arguments
            .filter(function::contains)
            .mapToObj(x -> new Worst(function.ulps(x), x))
            .reduce(new Worst(0, 0), Worst::or);
    report(function + " float64", worst, function.maxUlps);
  }

  private static void report(String function, Worst worst, double bound) {
    String text = "%s: %.4f ulp at %a".formatted(function, worst.ulps, worst.at);
    System.out.println(text);
    assertTrue(worst.ulps <= bound, () -> text + ", promised " + bound);
  }
}
