/** A span for each statement of a {@code DataSource}. */
@NullMarked
package io.spanloom.sql;

import org.jspecify.annotations.NullMarked;
