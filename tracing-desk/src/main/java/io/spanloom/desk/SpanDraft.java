package io.spanloom.desk;

import static java.util.Collections.unmodifiableMap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A span while its document is being read. Both protocols fill in this one form and it alone makes the {@link TraceSpan},
 * so that what is the same in both looks the same however it came.
 */
final class SpanDraft {
    final TraceSpan.Source source;
    String id = "";

    @Nullable
    String parentId;

    String name = "";

    @Nullable
    String service;

    TraceSpan.Kind kind = TraceSpan.Kind.SEGMENT;

    @Nullable
    String namespace;

    Instant start = Instant.EPOCH;

    @Nullable
    Instant end;

    boolean error;
    boolean fault;
    boolean throttle;
    final Map<String, Object> annotations = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> metadata = new TreeMap<>();
    final Map<String, Map<String, Object>> http = new LinkedHashMap<>();
    final Map<String, Object> details = new LinkedHashMap<>();
    final List<TraceSpan.Thrown> exceptions = new ArrayList<>();

    SpanDraft(TraceSpan.Source source) {
        this.source = source;
    }

    /** Adds one metadata value; the default namespace is one, however it is capitalised, as in the collector's exporter. */
    void putMetadata(String namespace, String key, @Nullable Object value) {
        String canonical = namespace.toLowerCase(Locale.ROOT).equals("default") ? "default" : namespace;
        metadata.computeIfAbsent(canonical, n -> new TreeMap<>()).put(key, value);
    }

    TraceSpan build() {
        Bookkeeping notes = Bookkeeping.takeFrom(metadata);
        dropWhatNamespaceSays();
        return new TraceSpan(
                id,
                parentId,
                notes.operation() != null ? notes.operation() : name,
                notes.service() != null ? notes.service() : service,
                kind,
                namespace,
                start,
                end,
                lean(annotations),
                frozen(metadata),
                normalised(http),
                error,
                fault,
                throttle,
                List.copyOf(exceptions),
                lean(details),
                source);
    }

    /**
     * OTLP has no namespace: it says {@code rpc.system=aws-api}, and {@code rpc.service} for X-Ray's name. Said once is enough,
     * whichever side still carries it.
     */
    private void dropWhatNamespaceSays() {
        Map<String, @Nullable Object> defaults = metadata.get("default");
        if (defaults != null && "aws".equals(namespace) && defaults.remove("rpc.system", "aws-api")) {
            if (defaults.get("rpc.service") instanceof String service && name.startsWith(service)) {
                defaults.remove("rpc.service");
            }
            if (defaults.isEmpty()) {
                metadata.remove("default");
            }
        }
    }

    /** The exporter writes {@code content_length: 0} for "not known"; the SDKs leave it out. */
    private static Map<String, Map<String, Object>> normalised(Map<String, Map<String, Object>> http) {
        Map<String, Map<String, Object>> blocks = new LinkedHashMap<>();
        for (String side : List.of("request", "response")) {
            Map<String, Object> fields = new LinkedHashMap<>(http.getOrDefault(side, Map.of()));
            if (fields.get("content_length") instanceof Number length && length.doubleValue() == 0) {
                fields.remove("content_length");
            }
            if (!fields.isEmpty()) {
                blocks.put(side, lean(new TreeMap<>(fields)));
            }
        }
        return lean(blocks);
    }

    private static Map<String, Map<String, @Nullable Object>> frozen(
            Map<String, Map<String, @Nullable Object>> metadata) {
        Map<String, Map<String, @Nullable Object>> namespaces = new LinkedHashMap<>();
        metadata.forEach((namespace, values) -> namespaces.put(namespace, lean(values)));
        return lean(namespaces);
    }

    /** Most spans have none of most of these, and the store holds very many. */
    private static <V extends @Nullable Object> Map<String, V> lean(Map<String, V> map) {
        return map.isEmpty() ? Collections.emptyMap() : unmodifiableMap(map);
    }
}
