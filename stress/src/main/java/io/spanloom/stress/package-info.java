/**
 * Races that a span has to come out of with one end, and a thread with what was current before. Not null-marked: the classes
 * that jcstress generates into it do not keep to that.
 */
package io.spanloom.stress;
