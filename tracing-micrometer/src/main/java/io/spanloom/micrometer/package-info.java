/** Rate, errors and duration of each span name, as Micrometer metrics. */
@NullMarked
package io.spanloom.micrometer;

import org.jspecify.annotations.NullMarked;
