package io.spanloom;

import io.spanloom.internal.Names;
import io.spanloom.spi.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code tracing.naming}: a request is named after the host that it was sent to, where a pattern knows that host.
 *
 * @param patterns none for a service that has one name
 */
record HostNaming(List<Glob> patterns) {

    static final HostNaming NONE = new HostNaming(List.of());

    /** What X-Ray allows of a segment's name, which is far more than a host needs. */
    private static final int CHARS = 200;

    HostNaming {
        patterns = List.copyOf(patterns);
    }

    /**
     * Reads the key's value.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static HostNaming parse(String text) {
        List<Glob> patterns = new ArrayList<>();
        for (String word : text.split(",")) {
            String pattern = word.trim();
            if (pattern.isEmpty()) {
                throw new IllegalArgumentException("a pattern is empty");
            }
            if (pattern.length() > CHARS) {
                throw new IllegalArgumentException("a pattern has " + pattern.length() + " characters");
            }
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                if (c != '*' && c != '?' && !isOfHost(c)) {
                    throw new IllegalArgumentException("no host has the character '" + c + "'");
                }
            }
            patterns.add(Glob.of(pattern));
        }
        return new HostNaming(patterns);
    }

    /** The name of the service that a request asked for; null where that is the configured one. */
    <C> @Nullable String service(
            SpanSpec spec, Http.@Nullable Request request, @Nullable C carrier, @Nullable CarrierGetter<C> getter) {
        if (patterns.isEmpty() || spec.kind() != SpanKind.SERVER) {
            return null;
        }
        String host = RequestDescription.host(request, carrier, getter);
        return host != null && isName(host) && patterns.stream().anyMatch(pattern -> pattern.matches(host))
                ? host
                : null;
    }

    /** A name that travels through every backend unchanged: anybody may send any Host header. */
    private static boolean isName(String host) {
        if (host.isEmpty() || host.length() > CHARS) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            if (!isOfHost(host.charAt(i))) {
                return false;
            }
        }
        return host.equals(Names.spanName(host));
    }

    /** Letters, digits, and what stands between them in names, addresses and before a port. */
    private static boolean isOfHost(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '-'
                || c == '_'
                || c == ':';
    }
}
