/** The OpenTelemetry backend: {@code tracing.backend = otel}. */
module io.spanloom.otel {
    requires transitive io.spanloom.core;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires java.logging;
    requires static io.opentelemetry.sdk;
    requires static io.opentelemetry.sdk.common;
    requires static io.opentelemetry.sdk.trace;
    requires static io.opentelemetry.sdk.autoconfigure;
    requires static io.opentelemetry.sdk.autoconfigure.spi;
    requires static org.jspecify;

    exports io.spanloom.otel;

    provides io.spanloom.spi.BackendProvider with
            io.spanloom.otel.OtelBackendProvider;
}
