/** Races that a span has to come out of with one end, and a thread with what was current before. */
@NullMarked
package io.spanloom.stress;

import org.jspecify.annotations.NullMarked;
