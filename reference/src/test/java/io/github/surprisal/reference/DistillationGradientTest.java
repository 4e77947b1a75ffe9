package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.Divergence.ForwardKl;
import io.github.surprisal.reference.Divergence.JensenShannon;
import io.github.surprisal.reference.Divergence.ReverseKl;
import io.github.surprisal.reference.Divergence.TotalVariation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every divergence with every option against a textbook and its central differences. */
class DistillationGradientTest {

  private static final double[] STUDENT = {0.3, -1.2, 2.4, 0.9, -0.1, 0.2, 0.15, -0.3};
  private static final double[] TEACHER = {-0.5, 0.7, 1.3, -2, 0.4, -0.8, 0.25, 1.1};
  private static final int[] TOP = {2, 0, 3, 1};
  private static final double[] TOP_PROBABILITIES = {0.6, 0.25, 0.5, 0.125};
  private static final int CLASSES = 4;

  /** A loss and who teaches. */
  record Case(DistillationReference loss, Teacher teacher) {}

  static List<Case> everyLoss() {
    List<Case> cases = new ArrayList<>();
    for (Divergence divergence :
        List.of(
            new ForwardKl(),
            new ReverseKl(),
            new JensenShannon(0),
            new JensenShannon(0.3),
            new JensenShannon(0.5),
            new JensenShannon(1),
            new TotalVariation())) {
      for (double hard : new double[] {0, 0.4, 1}) {
        for (boolean squared : new boolean[] {false, true}) {
          RowOptions options = RowOptions.DEFAULT.withClassWeights(1, 2, 3, 4);
          var loss = new DistillationReference(divergence, options, 1.5, 0.8, squared, hard);
          cases.add(new Case(loss, new Teacher.Logits(TEACHER)));
          boolean reverse =
              divergence instanceof ReverseKl || divergence.equals(new JensenShannon(1));
          if (!reverse || hard == 1) {
            cases.add(new Case(loss, new Teacher.TopK(2, TOP, TOP_PROBABILITIES)));
          }
        }
      }
    }
    return cases;
  }

  private static RowBatch batch() {
    return RowBatch.of(STUDENT, 2, CLASSES).withLabels(3, 0).withRowWeights(2, 0.5);
  }

  @ParameterizedTest
  @MethodSource("everyLoss")
  void agreesWithTheTextbookAndItsCentralDifferences(Case each) {
    LossResult<HundredDigits> result =
        each.loss().evaluate(batch(), each.teacher(), HundredDigits.of(1));
    HundredDigits zero = HundredDigits.of(0);
    HundredDigits h = HundredDigits.parse("1e-33");
    RelativeError.assertWithin(
        1e-80, result.exactLoss(), textbook(each, -1, zero), each.toString());
    for (int i = 0; i < STUDENT.length; i++) {
      HundredDigits rise = textbook(each, i, h).subtract(textbook(each, i, h.negate()));
      HundredDigits slope = rise.divide(h.multiply(2));
      double error = result.exactGradient(i).subtract(slope).abs().estimate();
      assertTrue(error < 1e-58, () -> each + ", error " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("everyLoss")
  void doubleDoubleAgreesWithAHundredDigits(Case each) {
    LossResult<HundredDigits> exact =
        each.loss().evaluate(batch(), each.teacher(), HundredDigits.of(1));
    LossResult<DoubleDouble> fast =
        each.loss().evaluate(batch(), each.teacher(), DoubleDouble.of(1));
    assertEquals(
        0, RelativeError.of(fast.exactLoss(), exact.exactLoss(), exact.lossMagnitude()), 0x1p-88);
    double[] terms = exact.gradientTerms(Precision.FLOAT64);
    for (int i = 0; i < terms.length; i++) {
      HundredDigits scale = HundredDigits.of(terms[i]);
      double error = RelativeError.of(fast.exactGradient(i), exact.exactGradient(i), scale);
      assertTrue(error < 0x1p-88, () -> each + ", error " + error);
      assertTrue(!exact.exactGradient(i).abs().isGreaterThan(scale.multiply(1 + 1e-15)));
    }
  }

  /** The mean over two rows, with logit {@code index} moved by h. */
  private static HundredDigits textbook(Case each, int index, HundredDigits h) {
    HundredDigits first = row(each, 0, index, h).multiply(2);
    return first.add(row(each, 1, index, h).multiply(0.5)).divide(HundredDigits.of(2));
  }

  private static HundredDigits row(Case each, int row, int index, HundredDigits h) {
    DistillationReference loss = each.loss();
    List<HundredDigits> plain = new ArrayList<>();
    List<HundredDigits> teacher = new ArrayList<>();
    for (int j = 0; j < CLASSES; j++) {
      HundredDigits x = HundredDigits.of(STUDENT[row * CLASSES + j]);
      plain.add(row * CLASSES + j == index ? x.add(h) : x);
      teacher.add(HundredDigits.of(TEACHER[row * CLASSES + j]));
    }
    List<HundredDigits> q = softmax(plain, loss.temperature());
    List<HundredDigits> p = softmax(teacher, loss.teacherTemperature());
    if (each.teacher() instanceof Teacher.TopK) {
      p.replaceAll(x -> HundredDigits.of(0));
      p.set(TOP[2 * row], HundredDigits.of(TOP_PROBABILITIES[2 * row]));
      p.set(TOP[2 * row + 1], HundredDigits.of(TOP_PROBABILITIES[2 * row + 1]));
    }
    int label = row == 0 ? 3 : 0;
    HundredDigits hard = softmax(plain, 1).get(label).log().multiply(-(label + 1));
    if (loss.hardWeight() == 1) {
      return hard;
    }
    HundredDigits soft = divergence(loss.divergence(), p, q);
    soft = loss.temperatureSquared() ? soft.multiply(2.25) : soft;
    HundredDigits weight = HundredDigits.of(loss.hardWeight());
    return hard.multiply(weight).add(soft.multiply(HundredDigits.of(1).subtract(weight)));
  }

  private static List<HundredDigits> softmax(List<HundredDigits> x, double temperature) {
    List<HundredDigits> exps = new ArrayList<>();
    HundredDigits sum = HundredDigits.of(0);
    for (HundredDigits each : x) {
      exps.add(each.divide(HundredDigits.of(temperature)).exp());
      sum = sum.add(exps.getLast());
    }
    HundredDigits total = sum;
    exps.replaceAll(e -> e.divide(total));
    return exps;
  }

  private static HundredDigits divergence(
      Divergence divergence, List<HundredDigits> p, List<HundredDigits> q) {
    return switch (divergence) {
      case ForwardKl d -> kl(p, q);
      case ReverseKl d -> kl(q, p);
      case JensenShannon d when d.beta() == 0 -> kl(p, q);
      case JensenShannon d when d.beta() == 1 -> kl(q, p);
      case JensenShannon d -> {
        HundredDigits beta = HundredDigits.of(d.beta());
        HundredDigits rest = HundredDigits.of(1).subtract(beta);
        List<HundredDigits> m = new ArrayList<>();
        for (int j = 0; j < p.size(); j++) {
          m.add(p.get(j).multiply(beta).add(q.get(j).multiply(rest)));
        }
        yield kl(p, m).multiply(beta).add(kl(q, m).multiply(rest));
      }
      case TotalVariation d -> {
        HundredDigits sum = HundredDigits.of(0);
        for (int j = 0; j < p.size(); j++) {
          sum = sum.add(p.get(j).subtract(q.get(j)).abs());
        }
        yield sum.multiply(0.5);
      }
    };
  }

  private static HundredDigits kl(List<HundredDigits> p, List<HundredDigits> q) {
    HundredDigits sum = HundredDigits.of(0);
    for (int j = 0; j < p.size(); j++) {
      sum = p.get(j).isZero() ? sum : sum.add(p.get(j).multiply(p.get(j).divide(q.get(j)).log()));
    }
    return sum;
  }
}
