/** The backends that core brings: {@code log} and {@code none}. */
@NullMarked
package io.spanloom.backend;

import org.jspecify.annotations.NullMarked;
