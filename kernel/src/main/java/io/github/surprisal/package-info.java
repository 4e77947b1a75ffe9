/** Losses and their gradients. */
package io.github.surprisal;
