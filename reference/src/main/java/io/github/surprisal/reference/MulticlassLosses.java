package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Losses of the scores z of a row against a label y, w its class weight, that are no losses of a
 * softmax. At a kink the slope is that of the inactive side.
 *
 * <p>A label on an impossible class costs +infinity, with a finite gradient except that of a
 * squared margin; an impossible class beside the label costs nothing.
 */
public final class MulticlassLosses {

  private MulticlassLosses() {}

  /** What the losses have in common. */
  private interface ScoreLoss extends ClassificationFormula {

    /** The loss of the label without its weight. */
    <R extends Real<R>> Slopes<R> at(List<R> scores, int label, Precision type);

    @Override
    default <R extends Real<R>> Slopes<R> at(
        List<R> scores, List<R> targets, int label, Precision type) {
      Slopes<R> plain = at(scores, label, type);
      R w = targets.get(label);
      return new Slopes<>(
          plain.value().times(w),
          plain.slopes().stream().map(x -> x.times(w)).toList(),
          w.constant(Double.NaN));
    }

    @Override
    default boolean takesProbabilities() {
      return false;
    }
  }

  /** margin - z_y + z_i, or nothing where that is not above 0 or i is impossible. */
  private static <R extends Real<R>> Terms<R> violation(
      double margin, List<R> scores, int label, int i) {
    R z = scores.get(i);
    Terms<R> nothing = Terms.of(z.constant(0));
    if (z.isInfinite()) {
      return nothing;
    }
    Terms<R> violation = Terms.of(z.constant(margin)).plus(z).plus(scores.get(label).negate());
    return violation.sum().isGreaterThan(z.constant(0)) ? violation : nothing;
  }

  private static <R extends Real<R>> List<Terms<R>> zeros(List<R> scores) {
    R zero = scores.get(0).constant(0);
    return new ArrayList<>(Collections.nCopies(scores.size(), Terms.of(zero)));
  }

  /**
   * Multi-margin loss of Weston and Watkins: w / C sum over i != y of max(0, margin - z_y + z_i)^p,
   * C the number of classes, allowed or not. MEAN divides by the number of rows kept, as PyTorch
   * does.
   *
   * @param p 1 or 2
   * @param margin at least 0
   */
  public record MultiMargin(int p, double margin) implements ScoreLoss {
    /** Checks the exponent and the margin. */
    public MultiMargin {
      Arguments.require(p == 1 || p == 2, "p", p, "= 1 or 2");
      Arguments.requireNonNegative("margin", margin);
    }

    @Override
    public <R extends Real<R>> Slopes<R> at(List<R> scores, int label, Precision type) {
      R one = scores.get(0).constant(1);
      R share = one.divide(one.constant(scores.size()));
      List<Terms<R>> slopes = zeros(scores);
      Terms<R> value = slopes.get(0);
      Terms<R> pull = value;
      for (int i = 0; i < scores.size(); i++) {
        Terms<R> violation = violation(type.threshold(margin), scores, label, i);
        if (i == label || violation.sum().isZero()) {
          continue;
        }
        Terms<R> slope = p == 1 ? Terms.of(one) : violation.times(2);
        value = value.plus((p == 1 ? violation : violation.times(violation)).times(share));
        slopes.set(i, slope.times(share));
        pull = pull.plus(slope.times(share).times(-1));
      }
      slopes.set(label, pull);
      return new Slopes<>(value, slopes, one);
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.KEPT;
    }
  }

  /**
   * Hinge loss of Crammer and Singer: w max(0, margin + max over i != y of z_i - z_y); of equal
   * largest scores the first has the slope. One class costs nothing. MEAN divides by the number of
   * rows kept.
   *
   * @param margin at least 0; 0 gives the perceptron's loss
   */
  public record CrammerSinger(double margin) implements ScoreLoss {
    /** Checks the margin. */
    public CrammerSinger {
      Arguments.requireNonNegative("margin", margin);
    }

    @Override
    public <R extends Real<R>> Slopes<R> at(List<R> scores, int label, Precision type) {
      List<Terms<R>> slopes = zeros(scores);
      Terms<R> value = slopes.get(0);
      int worst = -1;
      for (int i = 0; i < scores.size(); i++) {
        boolean larger = worst < 0 || scores.get(i).isGreaterThan(scores.get(worst));
        worst = i != label && larger ? i : worst;
      }
      Terms<R> violation =
          worst < 0 ? value : violation(type.threshold(margin), scores, label, worst);
      if (!violation.sum().isZero()) {
        R one = scores.get(0).constant(1);
        slopes.set(worst, Terms.of(one));
        slopes.set(label, Terms.of(one.negate()));
      }
      return new Slopes<>(violation, slopes, value.sum());
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.KEPT;
    }
  }

  /**
   * Sparsemax loss of Martins and Astudillo 2016.
   *
   * <pre>
   * p = sparsemax(z) = max(0, z - tau), S where it is positive, tau so that sum p = 1
   * loss = w (sum over S of (z^2 - tau^2) / 2 + 1/2 - z_y),  d loss / d z = w (p - e_y)
   * </pre>
   *
   * <p>MEAN divides as that of cross-entropy.
   */
  public record Sparsemax() implements ScoreLoss {

    @Override
    public <R extends Real<R>> Slopes<R> at(List<R> scores, int label, Precision type) {
      R max = scores.stream().reduce((x, y) -> y.isGreaterThan(x) ? y : x).orElseThrow();
      // Both are those of scores less their maximum, where nothing large cancels.
      List<R> z = scores.stream().map(x -> x.subtract(max)).toList();
      R tau = threshold(z);
      Terms<R> value = Terms.of(z.get(label).negate()).plus(0.5);
      List<Terms<R>> slopes = new ArrayList<>();
      for (int j = 0; j < z.size(); j++) {
        R zero = tau.constant(0);
        // An error of tau may put a score into the support, if it can be there at all.
        boolean near = z.get(j).isGreaterThan(zero.subtract(zero.constant(1)));
        Terms<R> slope = new Terms<>(zero, near ? tau.abs() : zero);
        if (z.get(j).isGreaterThan(tau)) {
          slope = Terms.of(z.get(j)).plus(tau.negate());
          // (z - tau) (z + tau) / 2
          value = value.plus(slope.times(Terms.of(z.get(j)).plus(tau)).times(0.5));
        }
        slopes.add(j == label ? slope.plus(-1) : slope);
      }
      return new Slopes<>(value, slopes, tau);
    }

    /** tau = (sum of the k largest - 1) / k with the last k for which 1 + k z_k > that sum. */
    private static <R extends Real<R>> R threshold(List<R> z) {
      Comparator<Integer> descending =
          (i, j) ->
              z.get(i).isGreaterThan(z.get(j)) ? -1 : z.get(j).isGreaterThan(z.get(i)) ? 1 : 0;
      List<R> sorted = IntStream.range(0, z.size()).boxed().sorted(descending).map(z::get).toList();
      R sum = z.get(0).constant(0);
      R tau = sum;
      for (int k = 1; k <= z.size() && !sorted.get(k - 1).isInfinite(); k++) {
        R next = sorted.get(k - 1);
        sum = sum.add(next);
        if (!next.multiply(k).add(1).isGreaterThan(sum)) {
          break;
        }
        tau = sum.subtract(1).divide(sum.constant(k));
      }
      return tau;
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }
}
