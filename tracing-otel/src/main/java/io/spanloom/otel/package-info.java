/** The OpenTelemetry backend; {@link io.spanloom.otel.OtelBackend} says how to hand it an application's own instance. */
@NullMarked
package io.spanloom.otel;

import org.jspecify.annotations.NullMarked;
