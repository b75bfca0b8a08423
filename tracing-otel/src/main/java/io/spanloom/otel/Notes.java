package io.spanloom.otel;

import io.opentelemetry.api.trace.Span;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one OpenTelemetry span has to say as a whole: which of its attributes are annotations, and one JSON object of
 * metadata per namespace. Any thread may add to it.
 */
final class Notes {

    /** So many annotations, and as many metadata values, are kept: as the X-Ray backend keeps. */
    static final int VALUES = 1_000;

    /** Keys in an array, because most spans carry one to four annotations: a set costs 152 bytes and 40 a key. */
    private String[] annotations = {};

    private int annotationCount;
    private Map<String, Map<String, String>> metadata = Map.of();
    private int metadataCount;
    private int leftOut;

    /** False where there are too many already: the annotation is counted, and not to be recorded. */
    synchronized boolean annotation(String key) {
        for (int i = 0; i < annotationCount; i++) {
            if (key.equals(annotations[i])) {
                return true;
            }
        }
        if (annotationCount >= VALUES) {
            leftOut++;
            return false;
        }
        if (annotationCount == annotations.length) {
            annotations = Arrays.copyOf(annotations, Math.max(4, 2 * annotationCount));
        }
        annotations[annotationCount++] = key;
        return true;
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
            namespaces().put(namespace, values);
        }
        values.put(key, json);
    }

    synchronized void writeTo(Span span) {
        if (annotationCount > 0) {
            span.setAttribute(Keys.ANNOTATIONS, List.of(Arrays.copyOf(annotations, annotationCount)));
        }
        if (leftOut > 0) {
            namespaces()
                    .computeIfAbsent("spanloom", n -> new LinkedHashMap<>())
                    .put("left_out", Json.quoted(Integer.toString(leftOut)));
        }
        metadata.forEach((namespace, values) -> span.setAttribute(Keys.METADATA + namespace, object(values)));
    }

    /** Made when first written to. */
    private Map<String, Map<String, String>> namespaces() {
        if (metadata.isEmpty()) {
            metadata = new LinkedHashMap<>();
        }
        return metadata;
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
