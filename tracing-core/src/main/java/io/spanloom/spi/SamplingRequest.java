package io.spanloom.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sampling rule may ask about the request that begins a trace.
 *
 * @param method as in {@code GET}; null where it is not known
 * @param host the {@code Host} header as it came, with its port; null where it is not known
 * @param path the URL's path, without query and fragment; null where it is not known
 * @param attributes further ones, for rules that name attributes
 * @param service the name under which the request was asked for ({@code tracing.naming}); null where that is
 *     {@code tracing.service}
 */
public record SamplingRequest(
        @Nullable String method,
        @Nullable String host,
        @Nullable String path,
        Map<String, String> attributes,
        @Nullable String service) {

    public SamplingRequest {
        attributes = Map.copyOf(attributes);
    }

    /** Without further attributes, asked of {@code tracing.service}. */
    public SamplingRequest(@Nullable String method, @Nullable String host, @Nullable String path) {
        this(method, host, path, Map.of());
    }

    /** Asked of {@code tracing.service}. */
    public SamplingRequest(
            @Nullable String method, @Nullable String host, @Nullable String path, Map<String, String> attributes) {
        this(method, host, path, attributes, null);
    }

    /** The same, asked of a service by this name. */
    public SamplingRequest servedBy(@Nullable String name) {
        return new SamplingRequest(method, host, path, attributes, name);
    }
}
