/**
 * What can be said of a trace as a whole: how it went, which services took part, which calls they made, where it went wrong.
 *
 * <p>Start at {@link io.spanloom.desk.summary.TraceSummary}.
 */
@NullMarked
package io.spanloom.desk.summary;

import org.jspecify.annotations.NullMarked;
