/** Every loss by its name: {@link io.github.surprisal.catalog.Losses} is the list. */
package io.github.surprisal.catalog;
