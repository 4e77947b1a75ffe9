package io.github.surprisal.pointwise;

import io.github.surprisal.Workspace;
import io.github.surprisal.internal.call.Access;
import io.github.surprisal.internal.call.CallMemory;
import io.github.surprisal.internal.pointwise.PointwiseBlocks;
import io.github.surprisal.internal.reduction.ElementBatch;

/** What a workspace keeps for pointwise losses. */
final class ElementScratch {
  final CallMemory memory = new CallMemory();
  final ElementBatch elements = new ElementBatch();
  final PointwiseBlocks pointwise = new PointwiseBlocks();

  static ElementScratch of(Workspace workspace) {
    return Access.ROOT.scratch(workspace, ElementScratch.class, ElementScratch::new);
  }

  static ElementScratch ofThread() {
    return of(Access.ROOT.ofThread());
  }

  @Override
  public String toString() {
    return "pointwise";
  }
}
