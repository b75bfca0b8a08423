/** Races: what two threads may do to one span and its scopes. */
@NullMarked
package io.spanloom.stress;

import org.jspecify.annotations.NullMarked;
