/** Traces travel by Micrometer context-propagation. */
@NullMarked
package io.spanloom.propagation;

import org.jspecify.annotations.NullMarked;
