/** Rows of a few classes, transposed so that a vector holds one class of many rows. */
package io.github.surprisal.internal.softmax.shortrow;
