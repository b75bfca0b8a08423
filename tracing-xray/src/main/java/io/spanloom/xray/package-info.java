/** The AWS X-Ray backend. Applications need nothing from here but {@code tracing.backend = xray}. */
@NullMarked
package io.spanloom.xray;

import org.jspecify.annotations.NullMarked;
