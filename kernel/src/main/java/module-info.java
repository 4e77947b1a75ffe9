/** Machine-learning losses and their gradients, with the JDK Vector API. */
module io.github.surprisal {
  requires jdk.incubator.vector;

  exports io.github.surprisal;
}
