package io.github.surprisal.internal.lane;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shapes of this process: the widest this CPU prefers.
 *
 * <p>The only place that names a species. They must stay {@code static final}: the compiler folds
 * such a field to a constant, and a species it cannot fold puts every vector on the heap.
 */
public final class Species {
  public static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  public static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;
  public static final VectorSpecies<Integer> I32 = IntVector.SPECIES_PREFERRED;
  public static final VectorSpecies<Long> I64 = LongVector.SPECIES_PREFERRED;

  private Species() {}
}
