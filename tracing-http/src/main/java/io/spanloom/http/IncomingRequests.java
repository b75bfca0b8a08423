package io.spanloom.http;

import io.spanloom.CarrierGetter;
import io.spanloom.CarrierSetter;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.net.URI;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For adapters to servers that are not among this module's: a request as all of them describe it. Nothing here throws.
 */
public final class IncomingRequests {

    private IncomingRequests() {}

    /**
     * Starts a request's segment, below the trace that its headers name, and writes to the answer which trace it is.
     *
     * @param url the full URL; recorded as {@code tracing.http.query} says
     * @param peer the address that holds the connection
     * @return one that does nothing for a path of {@code tracing.http.exclude}, or while tracing is off
     */
    public static <I, O> Span start(
            String method,
            String url,
            @Nullable String peer,
            I headers,
            CarrierGetter<I> getter,
            O answer,
            CarrierSetter<O> setter) {
        if (!Tracing.isEnabled()) {
            return Span.noop();
        }
        try {
            HttpSettings settings = HttpSettings.current();
            String path = URI.create(url).getRawPath();
            if (settings.excludes(path == null || path.isEmpty() ? "/" : path)) {
                return Span.noop();
            }
            Http.Request request = Http.request(method, RecordedUrl.of(url, settings.query()))
                    .userAgent(text(headers, getter, "User-Agent"));
            return IncomingRequest.start(
                    OperationName.of(method, null),
                    ClientAddress.on(request, text(headers, getter, "X-Forwarded-For"), peer, settings),
                    headers,
                    getter,
                    answer,
                    setter);
        } catch (Throwable refusal) {
            Guard.refused("describe a request", refusal);
            return Span.noop();
        }
    }

    /** Where there are several of one name, the first: of {@code X-Forwarded-For} it has the client. */
    private static <I> @Nullable String text(I headers, CarrierGetter<I> getter, String name) {
        Object header;
        try {
            header = getter.get(headers, name);
        } catch (Throwable refusal) {
            Guard.refused("read a header", refusal);
            return null;
        }
        if (header instanceof Optional<?> optional) {
            header = optional.orElse(null);
        }
        if (header instanceof Iterable<?> several) {
            Iterator<?> values = several.iterator();
            header = values.hasNext() ? values.next() : null;
        }
        return header == null ? null : header.toString();
    }

    /** Names the operation after the route, where the framework has found it. */
    public static void named(Span span, String method, String route) {
        if (span.isRecording()) {
            span.operation(OperationName.of(method, route));
        }
    }

    /** Records the answer. @param contentLength 0 or less where it is not known */
    public static void answered(Span span, int status, long contentLength) {
        OutgoingCall.answered(span, status, contentLength);
    }

    /** Records the answer. @param contentLength the header as it came, whatever it holds; null where there is none */
    public static void answered(Span span, int status, @Nullable String contentLength) {
        OutgoingCall.answered(span, status, contentLength);
    }
}
