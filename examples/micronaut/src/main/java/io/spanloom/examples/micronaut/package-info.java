/** A Micronaut application as a user writes it. */
@NullMarked
package io.spanloom.examples.micronaut;

import org.jspecify.annotations.NullMarked;
