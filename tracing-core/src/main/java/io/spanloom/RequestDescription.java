package io.spanloom;

import io.spanloom.spi.SamplingRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a request before its span starts: the request itself, else the span's name; the Host header. */
final class RequestDescription {

    private RequestDescription() {}

    static <C> SamplingRequest of(
            SpanSpec spec, Http.@Nullable Request request, @Nullable C carrier, @Nullable CarrierGetter<C> getter) {
        String host = host(request, carrier, getter);
        if (request != null) {
            String path = path(request.url());
            return new SamplingRequest(request.method(), host, path.isEmpty() ? "/" : path, attributes(request));
        }
        // As OpenTelemetry's conventions name a request: {method} {route}.
        String name = spec.name();
        int space = name.indexOf(' ');
        if (spec.kind() == SpanKind.SERVER && space > 0 && name.startsWith("/", space + 1)) {
            return new SamplingRequest(name.substring(0, space), host, name.substring(space + 1));
        }
        return new SamplingRequest(null, host, null);
    }

    /** The Host header, else the URL's host, with the port as it came; null where neither is known. */
    static <C> @Nullable String host(
            Http.@Nullable Request request, @Nullable C carrier, @Nullable CarrierGetter<C> getter) {
        String header = carrier == null || getter == null ? null : Propagation.get(carrier, getter, "Host", "host");
        if (header != null || request == null) {
            return header;
        }
        String url = request.url();
        int from = authority(url);
        int slash = end(url, from, "/?#");
        if (from == 0 || slash == from) {
            return null;
        }
        String named = url.substring(from, slash);
        return named.substring(named.lastIndexOf('@') + 1);
    }

    /** What rules with attributes may ask, by OpenTelemetry's names. */
    private static Map<String, String> attributes(Http.Request request) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("http.request.method", request.method());
        int scheme = request.url().indexOf("://");
        if (scheme > 0) {
            attributes.put("url.scheme", request.url().substring(0, scheme));
        }
        if (request.userAgent() != null) {
            attributes.put("user_agent.original", request.userAgent());
        }
        if (request.clientIp() != null) {
            attributes.put("client.address", request.clientIp());
        }
        return attributes;
    }

    private static String path(String url) {
        int slash = end(url, authority(url), "/?#");
        return url.substring(slash, end(url, slash, "?#"));
    }

    /** Where a URL's host begins; 0 where it has none. */
    private static int authority(String url) {
        int scheme = url.indexOf("://");
        return scheme < 0 ? 0 : scheme + 3;
    }

    /** Where the first of these characters stands from an index on; the text's length where none does. */
    private static int end(String text, int from, String stops) {
        int at = from;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
