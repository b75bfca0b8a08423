/** The AWS X-Ray backend: {@code tracing.backend = xray}. */
module io.spanloom.xray {
    requires io.spanloom.core;
    requires com.amazonaws.xray.sdk_core;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    // The recorder's automatic module names nothing that it needs.
    requires org.apache.commons.logging;
    requires static org.jspecify;

    exports io.spanloom.xray;

    provides io.spanloom.spi.BackendProvider with
            io.spanloom.xray.XRayBackendProvider;
}
