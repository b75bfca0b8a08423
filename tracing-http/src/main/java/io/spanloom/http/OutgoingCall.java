package io.spanloom.http;

import io.spanloom.CarrierSetter;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.SpanSpec.Placement;
import io.spanloom.Tracing;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The span of a call to another service: named after its host, as X-Ray's service map wants it. Never throws. */
final class OutgoingCall {

    /** So many hosts have a description that is kept; a client of the whole web makes the others anew. */
    private static final int HOSTS = 1_000;

    /** The longest name that DNS can tell (RFC 1035, section 2.3.4); what is longer is no host. */
    private static final int HOST_CHARS = 253;

    private static final ConcurrentHashMap<String, SpanSpec> SPECS = new ConcurrentHashMap<>();

    private OutgoingCall() {}

    /** Starts the span; one that does nothing where nothing is current. */
    static Span start(String method, @Nullable String host, String url) {
        if (!Tracing.isEnabled()) {
            return Span.noop();
        }
        Span span = Tracing.span(spec(host == null || host.isEmpty() ? "unknown-host" : host));
        if (span.isRecording()) {
            describe(span, method, url);
        }
        return span;
    }

    /** The span is current by now: whatever goes wrong here, its caller gets it and ends it. */
    private static void describe(Span span, String method, String url) {
        try {
            span.http(Http.request(
                    method, RecordedUrl.of(url, HttpSettings.current().query())));
        } catch (Throwable thrown) {
            Guard.refused("describe a call", thrown);
        }
    }

    private static SpanSpec spec(String host) {
        SpanSpec known = SPECS.get(host);
        if (known == null) {
            known = SpanSpec.named(host).kind(SpanKind.CLIENT).placement(Placement.SUBSEGMENT);
            if (SPECS.size() < HOSTS && host.length() <= HOST_CHARS) {
                SPECS.put(host, known);
            }
        }
        return known;
    }

    /** Writes the trace's headers, where the call is part of one. */
    static <C> void inject(Span span, C carrier, CarrierSetter<C> setter) {
        if (span != Span.noop()) {
            Tracing.inject(carrier, setter);
        }
    }

    static void answered(Span span, int status, long contentLength) {
        if (span.isRecording()) {
            span.http(Http.response(status).contentLength(contentLength));
        }
    }

    static void answered(Span span, int status, @Nullable String contentLength) {
        if (span.isRecording()) {
            span.http(Http.response(status).contentLength(length(contentLength)));
        }
    }

    /** Ends the span of a call that another thread has finished. */
    static void end(Span span, @Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof CancellationException) {
            span.annotation("cancelled", true).close();
        } else {
            span.close(cause);
        }
    }

    /** A header's number; 0 where it is none. */
    static long length(@Nullable String header) {
        if (header == null || header.isEmpty() || header.length() > 18) {
            return 0;
        }
        for (int i = 0; i < header.length(); i++) {
            if (header.charAt(i) < '0' || header.charAt(i) > '9') {
                return 0;
            }
        }
        return Long.parseLong(header);
    }
}
