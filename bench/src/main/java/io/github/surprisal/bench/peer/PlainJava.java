package io.github.surprisal.bench.peer;

/** Good plain Java: loops over arrays in float32 with {@link Math}, no library. */
public final class PlainJava implements Peer {

  /** Made by the service loader. */
  public PlainJava() {}

  @Override
  public String name() {
    return "plain-java";
  }

  @Override
  public String description() {
    return "plain Java loops in float32, java.lang.Math";
  }

  @Override
  public boolean has(String loss) {
    return PlainFormula.BY_LOSS.containsKey(loss)
        || loss.equals("distillation_kl")
        || loss.equals("cross_entropy")
        || loss.equals("cross_entropy+label_smoothing");
  }

  @Override
  public boolean usesArrays() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload w, int threads) {
    if (w.loss().equals("distillation_kl")) {
      return new PlainDistillation(w);
    }
    var formula = PlainFormula.BY_LOSS.get(w.loss());
    return formula == null
        ? new PlainCrossEntropy(w, w.loss().equals("cross_entropy") ? 0 : 0.1)
        : new Pointwise(w, formula, new float[w.elements()]);
  }

  /** One loop. */
  private record Pointwise(Workload workload, PlainFormula formula, float[] gradient)
      implements PreparedLoss {
    @Override
    public double loss() {
      float[] p = workload.predictions();
      float[] t = workload.targets();
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        sum += formula.value().of(p[i], t[i]);
      }
      return sum / p.length;
    }

    @Override
    public double lossAndGradient() {
      float[] p = workload.predictions();
      float[] t = workload.targets();
      double sum = 0;
      float share = 1f / p.length;
      for (int i = 0; i < p.length; i++) {
        sum += formula.value().of(p[i], t[i]);
        gradient[i] = formula.slope().of(p[i], t[i]) * share;
      }
      return sum / p.length;
    }

    @Override
    public void readGradient(float[] into) {
      System.arraycopy(gradient, 0, into, 0, into.length);
    }
  }
}
