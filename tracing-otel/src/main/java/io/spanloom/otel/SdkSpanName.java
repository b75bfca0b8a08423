package io.spanloom.otel;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/** The API cannot tell a span's name; the SDK, where it is there, can. */
final class SdkSpanName {

    private static final boolean READABLE = isReadable();

    private SdkSpanName() {}

    static @Nullable String of(Span span) {
        return READABLE && span instanceof ReadableSpan readable ? readable.getName() : null;
    }

    private static boolean isReadable() {
        try {
            return ReadableSpan.class.isInterface();
        } catch (LinkageError absent) {
            return false;
        }
    }
}
