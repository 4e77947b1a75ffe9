/** Machine-learning losses and their gradients, with the JDK Vector API. */
module io.github.surprisal {
  requires transitive jdk.incubator.vector;

  exports io.github.surprisal;
  exports io.github.surprisal.catalog;
  exports io.github.surprisal.formula;
  exports io.github.surprisal.guard;
  exports io.github.surprisal.pointwise;
  exports io.github.surprisal.rows;
}
