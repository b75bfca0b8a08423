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
 */
public record SamplingRequest(
        @Nullable String method,
        @Nullable String host,
        @Nullable String path,
        Map<String, String> attributes) {

    public SamplingRequest {
        attributes = Map.copyOf(attributes);
    }

    public SamplingRequest(@Nullable String method, @Nullable String host, @Nullable String path) {
        this(method, host, path, Map.of());
    }
}
