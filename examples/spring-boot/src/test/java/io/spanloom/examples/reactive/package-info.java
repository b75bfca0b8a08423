/** A WebFlux application as a user writes it; apart, for the other one looks for its beans in its own package. */
@NullMarked
package io.spanloom.examples.reactive;

import org.jspecify.annotations.NullMarked;
