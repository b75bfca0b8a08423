package io.spanloom.test.contract;

import io.spanloom.Outcome;
import io.spanloom.test.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as it arrived at the far end of a backend, in the contract's own terms: what the author of a backend builds
 * from a daemon's document or an exporter's data.
 *
 * <pre>{@code
 * ObservedSpan.named("charge", traceId, spanId)
 *     .parent(parentId)
 *     .namespace("remote")
 *     .times(startMicros, endMicros)
 *     .annotation("amount", 12L)
 *     .metadata("default", "order", json)
 *     .outcome(Outcome.FAULT)
 *     .exception("java.io.IOException", "disk full")
 *     .build();
 * }</pre>
 *
 * @param traceId 32 hex digits, whatever form travelled
 * @param spanId 16 hex digits
 * @param parentSpanId null for the first span of a trace
 * @param name the operation's: on X-Ray, a request's segment carries it as metadata {@code spanloom.operation}
 * @param service the service's name, where the backend shows it for this span; null elsewhere
 * @param segment whether the backend shows it as entering the service: an X-Ray segment, an OpenTelemetry span without a
 *     local parent or of kind SERVER or CONSUMER
 * @param namespace X-Ray's: {@code remote}, {@code aws}, or null
 * @param startEpochMicros microseconds since 1970
 * @param endEpochMicros microseconds since 1970
 * @param outcome by the backend's own flags: {@link Outcome#THROTTLE} where X-Ray has both {@code error} and {@code throttle}
 * @param annotations values are String, Long, Double or Boolean
 * @param metadata by namespace and key, as {@link JsonReader} reads values
 * @param exceptions outermost first, each followed by its cause
 * @param http {@code method}, {@code url}, {@code user_agent}, {@code client_ip} (String), {@code status},
 *     {@code content_length} (Long); what is not known is left out
 * @param sql {@code system}, {@code database}, {@code server}, {@code user}, {@code query} (String); what the backend has
 *     no place for is left out
 * @param user who the request was for; null on all but segments
 */
public record ObservedSpan(
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        String name,
        @Nullable String service,
        boolean segment,
        @Nullable String namespace,
        long startEpochMicros,
        long endEpochMicros,
        Outcome outcome,
        Map<String, Object> annotations,
        Map<String, Map<String, @Nullable Object>> metadata,
        List<ObservedException> exceptions,
        Map<String, Object> http,
        Map<String, Object> sql,
        @Nullable String user) {

    /** A span to be completed. */
    public static Builder named(String name, String traceId, String spanId) {
        return new Builder(name, traceId, spanId);
    }

    /** The values of a metadata namespace; empty where it is not there. */
    public Map<String, @Nullable Object> metadata(String namespace) {
        return metadata.getOrDefault(namespace, Map.of());
    }

    /** Collects what was observed. */
    public static final class Builder {
        private final String name;
        private final String traceId;
        private final String spanId;
        private @Nullable String parentSpanId;
        private @Nullable String service;
        private boolean segment;
        private @Nullable String namespace;
        private long startEpochMicros;
        private long endEpochMicros;
        private Outcome outcome = Outcome.OK;
        private final Map<String, Object> annotations = new LinkedHashMap<>();
        private final Map<String, Map<String, @Nullable Object>> metadata = new LinkedHashMap<>();
        private final List<ObservedException> exceptions = new ArrayList<>();
        private final Map<String, Object> http = new LinkedHashMap<>();
        private final Map<String, Object> sql = new LinkedHashMap<>();
        private @Nullable String user;

        private Builder(String name, String traceId, String spanId) {
            this.name = name;
            this.traceId = traceId;
            this.spanId = spanId;
        }

        /** The parent's id; null, as without, for a root. */
        public Builder parent(@Nullable String value) {
            parentSpanId = value;
            return this;
        }

        /** The service that the span stands under; null where the receiver was not told. */
        public Builder service(@Nullable String value) {
            service = value;
            return this;
        }

        /** Whether it is a segment, and not a subsegment; it is none where nobody says so. */
        public Builder segment(boolean value) {
            segment = value;
            return this;
        }

        /** X-Ray's namespace; null, as without, where it has none. */
        public Builder namespace(@Nullable String value) {
            namespace = value;
            return this;
        }

        /** Start and end, in microseconds since the epoch. */
        public Builder times(long startMicros, long endMicros) {
            startEpochMicros = startMicros;
            endEpochMicros = endMicros;
            return this;
        }

        /** How the operation went; {@link Outcome#OK} where nobody says otherwise. */
        public Builder outcome(Outcome value) {
            outcome = value;
            return this;
        }

        /** String, Long, Double or Boolean. */
        public Builder annotation(String key, Object value) {
            annotations.put(key, value);
            return this;
        }

        /** A value as JSON text. */
        public Builder metadata(String namespaceOfValue, String key, String json) {
            return metadataValue(namespaceOfValue, key, JsonReader.read(json));
        }

        /** A value as {@link JsonReader} reads it. */
        public Builder metadataValue(String namespaceOfValue, String key, @Nullable Object value) {
            metadata.computeIfAbsent(namespaceOfValue, n -> new LinkedHashMap<>())
                    .put(key, value);
            return this;
        }

        /** The next cause of the one before. */
        public Builder exception(String type, @Nullable String message) {
            exceptions.add(new ObservedException(type, message == null ? "" : message));
            return this;
        }

        /** Null leaves it out. */
        public Builder http(String key, @Nullable Object value) {
            return put(http, key, value);
        }

        /** Null leaves it out. */
        public Builder sql(String key, @Nullable Object value) {
            return put(sql, key, value);
        }

        private Builder put(Map<String, Object> values, String key, @Nullable Object value) {
            if (value != null) {
                values.put(key, value);
            }
            return this;
        }

        /** Whom the request was made for; null, as without, where that is not known. */
        public Builder user(@Nullable String value) {
            user = value;
            return this;
        }

        /** What was observed; the builder may be used further. */
        public ObservedSpan build() {
            return new ObservedSpan(
                    traceId,
                    spanId,
                    parentSpanId,
                    name,
                    service,
                    segment,
                    namespace,
                    startEpochMicros,
                    endEpochMicros,
                    outcome,
                    annotations,
                    metadata,
                    exceptions,
                    http,
                    sql,
                    user);
        }
    }
}
