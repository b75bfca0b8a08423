package io.spanloom.otel;

import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import java.util.List;

/** {@code tracing.backend = otel}. */
public final class OtelBackendProvider implements BackendProvider {

    private static final String AUTOCONFIGURE = "io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk";

    /** Called by {@link java.util.ServiceLoader}. */
    public OtelBackendProvider() {}

    @Override
    public String name() {
        return OtelBackend.NAME;
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(SdkChoice.KEY, Sending.KEY);
    }

    @Override
    public Backend create(TracingConfig config) {
        return create(config, isOnClassPath(AUTOCONFIGURE));
    }

    static Backend create(TracingConfig config, boolean sdk) {
        return switch (config.get(SdkChoice.KEY)) {
            case ATTACH -> attached(config);
            case OWN -> sdk ? own(config) : missing(config, "");
            case AUTO ->
                AttachedSdk.isAvailable()
                        ? attached(config)
                        : sdk ? own(config) : missing(config, "the application has set no OpenTelemetry, and ");
        };
    }

    private static Backend attached(TracingConfig config) {
        return new OtelBackend(new AttachedSdk(config), config.sampler(), Contexts.bridged());
    }

    private static Backend own(TracingConfig config) {
        OwnSdk sdk = OwnSdk.start(config);
        return sdk == null ? Backend.none() : new OtelBackend(sdk, config.sampler(), Contexts.bridged());
    }

    private static Backend missing(TracingConfig config, String before) {
        throw new IllegalStateException(before + "the OpenTelemetry SDK is not on the class path: add "
                + "io.opentelemetry:opentelemetry-sdk-extension-autoconfigure and "
                + "io.opentelemetry:opentelemetry-exporter-otlp (io.spanloom:tracing-otel brings both unless they are "
                + "excluded), or set an OpenTelemetry globally or by OtelBackend.use(...) before the first span"
                + "; tracing.otel.sdk = "
                + config.get(SdkChoice.KEY).name().toLowerCase(java.util.Locale.ROOT) + " comes from "
                + config.origin(SdkChoice.KEY));
    }

    private static boolean isOnClassPath(String type) {
        try {
            Class.forName(type, false, OtelBackendProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
