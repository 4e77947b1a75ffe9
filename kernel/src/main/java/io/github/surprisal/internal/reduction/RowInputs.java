package io.github.surprisal.internal.reduction;

/** What one call of a loss of rows reads. */
public final class RowInputs {
  /** Logits, log-probabilities or scores. */
  public final Rows logits = new Rows();

  /** Target probabilities, or absent. */
  public final Rows probabilities = new Rows();

  /** Logits of a teacher, or the probabilities of its most likely classes; or absent. */
  public final Rows teacher = new Rows();

  /** The most likely classes of a teacher, row after row, or null if its logits are known. */
  public int[] teacherIndices;

  /** How many of them a row has. */
  public int teacherWidth;

  /** Class labels, or null. */
  public int[] labels;

  /** A row of this label is masked. */
  public int ignoreIndex;

  /** Which rows count. */
  public final Mask mask = new Mask();

  /** Weights of classes, or null. */
  public ClassWeights classWeights;

  /** What {@link #classWeights} holds, or null. */
  public double[] classWeightsF64;

  /** Whether a row reads other class weights than that of its label. */
  public boolean weighsAllClasses;

  /** Row weights, or absent. */
  public final Column weights = new Column();

  /** Factor of each row's gradient, or absent. */
  public final Column upstreams = new Column();

  /** Factor of all gradients. */
  public double upstream;

  /** Classes that rows may have. */
  public final AllowedClasses allowed = new AllowedClasses();

  /** Takes up weights of classes, before rows are counted. */
  public void weighClasses(ClassWeights weights, boolean all) {
    classWeights = weights;
    classWeightsF64 = weights == null ? null : weights.held;
    weighsAllClasses = all;
  }

  /** Whether the class weight of its label is part of a row's weight. */
  boolean weighsLabels() {
    return classWeightsF64 != null && !probabilities.present() && !teacher.present();
  }

  /** Whether the row counts; nothing else of a row that does not is read. */
  boolean keeps(int row) {
    return mask.keeps(row)
        && (labels == null || labels[row] != ignoreIndex)
        && (!weights.present() || weights.get(row) != 0);
  }

  /** Whether every label is a class and none is ignored: found in a loop that C2 vectorises. */
  boolean allLabelsAreClasses(int rows, int classes) {
    if (ignoreIndex >= 0 && ignoreIndex < classes) {
      return false;
    }
    // Negative as soon as one label or its distance from the last class is.
    int signs = 0;
    int last = classes - 1;
    for (int row = 0; row < rows; row++) {
      signs |= labels[row] | (last - labels[row]);
    }
    return signs >= 0;
  }

  void checkLabel(int row, int classes) {
    int label = labels[row];
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "labels[%d] = %d, expected 0 <= label < %d or ignoreIndex %d"
              .formatted(row, label, classes, ignoreIndex));
    }
  }

  /** Forgets the arrays. */
  void clear() {
    logits.clear();
    probabilities.clear();
    teacher.clear();
    teacherIndices = null;
    labels = null;
    mask.set(null, null);
    weighClasses(null, false);
    weights.set(null, null);
    upstreams.set(null, null);
    allowed.set(null, 0);
  }
}
