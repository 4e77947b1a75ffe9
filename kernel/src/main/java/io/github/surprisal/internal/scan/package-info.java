/** Sums of exponentials of all elements so far, and their logarithms. */
package io.github.surprisal.internal.scan;
