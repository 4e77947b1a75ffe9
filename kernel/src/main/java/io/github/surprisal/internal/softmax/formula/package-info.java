/** What losses make of the scalars of rows: loss and gradient factors, in double. */
package io.github.surprisal.internal.softmax.formula;
