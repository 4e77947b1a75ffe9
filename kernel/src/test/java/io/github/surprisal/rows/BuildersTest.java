package io.github.surprisal.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.catalog.Losses;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Builders can be chained, and what they build uses what they were given. */
class BuildersTest {
  private static final Map<Class<?>, Object> VALUES =
      Map.of(
          double.class,
          0.5,
          int.class,
          2,
          boolean.class,
          true,
          double[].class,
          new double[] {1, 2},
          Reduction.class,
          Reduction.SUM,
          HessianConvention.class,
          HessianConvention.EXACT,
          Divergence.class,
          new Divergence.TotalVariation());

  @Test
  void everyOptionGivesTheBuilder() throws Exception {
    var builders = new LinkedHashMap<String, Object>();
    Losses.rows().forEach(loss -> builders.put(loss.name(), loss.builder().get()));
    builders.put("softmax", Softmax.builder());
    builders.put("log_softmax", LogSoftmax.builder());
    builders.put("logsumexp", LogSumExp.builder());
    builders.put("pointwise", PointwiseLoss.builder(new Huber()));
    int options = 0;
    for (Object builder : builders.values()) {
      for (Method option : builder.getClass().getMethods()) {
        Object value =
            option.getParameterCount() == 1 ? VALUES.get(option.getParameterTypes()[0]) : null;
        if (value != null && !option.getName().equals("wait")) {
          assertSame(builder, option.invoke(builder, value), option::toString);
          options++;
        }
      }
    }
    assertTrue(options > 60, options + " options");
  }

  /** b KL(P || M) + (1 - b) KL(Q || M), in double. */
  @Test
  void theMixtureHasTheWeightOfTheTeacher() {
    double[] q = {0.7, 0.2, 0.1};
    double[] p = {0.2, 0.3, 0.5};
    var batch = Batch.of(logs(q)).teacher(logs(p));
    for (double b : new double[] {0.25, 0.5, 0.75}) {
      double expected = 0;
      for (int j = 0; j < 3; j++) {
        double m = b * p[j] + (1 - b) * q[j];
        expected += b * p[j] * Math.log(p[j] / m) + (1 - b) * q[j] * Math.log(q[j] / m);
      }
      var loss = Distillation.builder().divergence(new Divergence.JensenShannon(b)).build();
      assertEquals(expected, loss.loss(batch), 1e-14);
    }
  }

  private static Matrix logs(double[] p) {
    return Matrix.of(Arrays.stream(p).map(Math::log).toArray(), 1, p.length);
  }
}
