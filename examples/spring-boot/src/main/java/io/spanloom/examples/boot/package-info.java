/** A Spring Boot application as a user writes it. */
@NullMarked
package io.spanloom.examples.boot;

import org.jspecify.annotations.NullMarked;
