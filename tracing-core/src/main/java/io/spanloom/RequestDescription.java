package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.SamplingRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a request before its span starts: the request itself, else the span's name; the Host header. */
final class RequestDescription {

    private RequestDescription() {}

    static <C> SamplingRequest of(
            SpanSpec spec, Http.@Nullable Request request, @Nullable C carrier, @Nullable CarrierGetter<C> getter) {
        String host = carrier == null || getter == null ? null : host(carrier, getter);
        if (request != null) {
            String url = request.url();
            int authority = url.indexOf("://");
            int from = authority < 0 ? 0 : authority + 3;
            int slash = end(url, from, "/?#");
            if (host == null && authority >= 0 && slash > from) {
                String named = url.substring(from, slash);
                host = named.substring(named.lastIndexOf('@') + 1);
            }
            String path = url.substring(slash, end(url, slash, "?#"));
            return new SamplingRequest(request.method(), host, path.isEmpty() ? "/" : path);
        }
        // As OpenTelemetry's conventions name a request: {method} {route}.
        String name = spec.name();
        int space = name.indexOf(' ');
        if (spec.kind() == SpanKind.SERVER && space > 0 && name.startsWith("/", space + 1)) {
            return new SamplingRequest(name.substring(0, space), host, name.substring(space + 1));
        }
        return new SamplingRequest(null, host, null);
    }

    /** Where the first of these characters stands from an index on; the text's length where none does. */
    private static int end(String text, int from, String stops) {
        int at = from;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static <C> @Nullable String host(C carrier, CarrierGetter<C> getter) {
        String host = get(carrier, getter, "Host");
        return host != null ? host : get(carrier, getter, "host");
    }

    private static <C> @Nullable String get(C carrier, CarrierGetter<C> getter, String name) {
        try {
            Object value = getter.get(carrier, name);
            Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            return plain == null ? null : plain.toString();
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            return null; // said when the trace's own headers were read
        }
    }
}
