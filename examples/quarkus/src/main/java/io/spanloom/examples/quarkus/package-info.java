/** A Quarkus application as a user writes it. */
@NullMarked
package io.spanloom.examples.quarkus;

import org.jspecify.annotations.NullMarked;
