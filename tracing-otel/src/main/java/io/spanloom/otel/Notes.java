package io.spanloom.otel;

import io.opentelemetry.api.trace.Span;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one OpenTelemetry span has to say as a whole: which of its attributes are annotations, and one JSON object of
 * metadata per namespace. Any thread may add to it.
 */
final class Notes {

    private final Set<String> annotations = new LinkedHashSet<>();
    private final Map<String, Map<String, String>> metadata = new LinkedHashMap<>();

    synchronized void annotation(String key) {
        annotations.add(key);
    }

    synchronized void metadata(String namespace, String key, String json) {
        metadata.computeIfAbsent(namespace, n -> new LinkedHashMap<>()).put(key, json);
    }

    synchronized void writeTo(Span span) {
        if (!annotations.isEmpty()) {
            span.setAttribute(Keys.ANNOTATIONS, java.util.List.copyOf(annotations));
        }
        metadata.forEach((namespace, values) -> span.setAttribute(Keys.METADATA + namespace, object(values)));
    }

    private static String object(Map<String, String> values) {
        StringBuilder json = new StringBuilder(64).append('{');
        values.forEach((key, value) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            Json.quote(json, key);
            json.append(':').append(value);
        });
        return json.append('}').toString();
    }
}
