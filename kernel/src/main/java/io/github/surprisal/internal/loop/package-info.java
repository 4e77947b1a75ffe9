/** The mechanism that all loops share: copies of one text with other constants. */
package io.github.surprisal.internal.loop;
