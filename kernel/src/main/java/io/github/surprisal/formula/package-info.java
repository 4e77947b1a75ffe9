/** How to write a pointwise loss of one's own, and what it may be made of. */
package io.github.surprisal.formula;
