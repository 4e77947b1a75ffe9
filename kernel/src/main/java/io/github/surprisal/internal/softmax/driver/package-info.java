/**
 * A call of a softmax loss, top to bottom: groups of rows, and the steps that each goes through.
 */
package io.github.surprisal.internal.softmax.driver;
