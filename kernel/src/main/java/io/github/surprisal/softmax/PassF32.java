package io.github.surprisal.softmax;

/**
 * One loop over the rows of a group, in its own class.
 *
 * <p>A layout runs its passes from a list, through this interface. That one call sees many classes,
 * so C2 inlines none of them and compiles each alone. Inlined into their caller, together they
 * would exceed what C2 inlines into one method, and the functions of the last ones would be called
 * with vectors in boxes.
 */
interface PassF32 {
  void run(RowBufferF32 rows);
}
