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

    /** So many annotations, and as many metadata values, are kept: as the X-Ray backend keeps. */
    static final int VALUES = 1_000;

    private final Set<String> annotations = new LinkedHashSet<>();
    private final Map<String, Map<String, String>> metadata = new LinkedHashMap<>();
    private int metadataCount;
    private int leftOut;

    /** False where there are too many already: the annotation is counted, and not to be recorded. */
    synchronized boolean annotation(String key) {
        if (annotations.size() < VALUES) {
            annotations.add(key);
            return true;
        }
        boolean known = annotations.contains(key);
        leftOut += known ? 0 : 1;
        return known;
    }

    synchronized void metadata(String namespace, String key, String json) {
        Map<String, String> values = metadata.get(namespace);
        if (values == null || !values.containsKey(key)) {
            if (metadataCount >= VALUES) {
                leftOut++;
                return;
            }
            metadataCount++;
        }
        if (values == null) {
            values = new LinkedHashMap<>();
            metadata.put(namespace, values);
        }
        values.put(key, json);
    }

    synchronized void writeTo(Span span) {
        if (!annotations.isEmpty()) {
            span.setAttribute(Keys.ANNOTATIONS, java.util.List.copyOf(annotations));
        }
        if (leftOut > 0) {
            metadata.computeIfAbsent("spanloom", n -> new LinkedHashMap<>())
                    .put("left_out", Json.quoted(Integer.toString(leftOut)));
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
