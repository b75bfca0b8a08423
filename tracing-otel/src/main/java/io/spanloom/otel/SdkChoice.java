package io.spanloom.otel;

import io.spanloom.ConfigKey;

/** Whose OpenTelemetry the spans go to: what {@code tracing.otel.sdk} allows. */
enum SdkChoice {
    /** The application's where it has one, else our own. */
    AUTO,
    /** The application's: handed to {@link OtelBackend#use}, or set globally. */
    ATTACH,
    /** One of our own, set up from the {@code OTEL_*} variables. */
    OWN;

    static final ConfigKey<SdkChoice> KEY = ConfigKey.oneOf("tracing.otel.sdk", AUTO)
            .describedAs(
                    "Whose OpenTelemetry records: the application's, or one set up from the OTEL_ variables; auto takes the application's where it has one");
}
