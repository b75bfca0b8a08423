/** Each fault of a trace reported to Rollbar, once. */
@NullMarked
package io.spanloom.rollbar;

import org.jspecify.annotations.NullMarked;
