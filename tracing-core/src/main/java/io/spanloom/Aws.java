package io.spanloom;

import io.spanloom.internal.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a span tells about a call of an AWS service.
 *
 * <pre>{@code
 * span.aws(Aws.call("DynamoDb", "GetItem").region("eu-west-1").table("cruddur-messages").requestId(id));
 * }</pre>
 *
 * <p>X-Ray names the span after the service and shows the rest as an {@code aws} block; OpenTelemetry has {@code rpc.*} and
 * {@code aws.*} attributes. What X-Ray's block has no field for that the collector's exporter fills is a {@linkplain #with
 * further} value: an attribute there, metadata of the same key here. On a segment all of it is metadata {@code aws}. A text
 * keeps {@value #CHARS} characters, a call {@value #TABLES} tables and as many further values. Immutable; the withers return a copy. Null where one is needed is a
 * {@link NullPointerException}.
 *
 * @param service as the AWS SDK names it: {@code DynamoDb}, {@code S3}, {@code Sqs}
 * @param tables the DynamoDB tables that the call is about
 * @param further by the name of the OpenTelemetry attribute; values are String or Long
 */
public record Aws(
        String service,
        String operation,
        @Nullable String region,
        @Nullable String requestId,
        @Nullable String queueUrl,
        List<String> tables,
        Map<String, Object> further) {

    /** Longer than any name of a resource (an ARN has 2,048 at most), and short beside an X-Ray document of 64 KiB. */
    private static final int CHARS = 2_048;

    /** More tables than a call of DynamoDB takes, which is 100 items. */
    private static final int TABLES = 100;

    public Aws {
        service = Names.spanName(Objects.requireNonNull(service, "service"));
        operation = Names.cut(Objects.requireNonNull(operation, "operation"), CHARS);
        region = cut(region);
        requestId = cut(requestId);
        queueUrl = cut(queueUrl);
        tables = tables.stream()
                .limit(TABLES)
                .map(table -> Names.cut(table, CHARS))
                .toList();
        further = further.isEmpty() ? Map.of() : kept(further);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Names.cut(text, CHARS);
    }

    private static Map<String, Object> kept(Map<String, Object> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (copy.size() == TABLES) {
                return;
            }
            if (value instanceof Long || value instanceof Integer) {
                copy.put(Names.cut(key, CHARS), ((Number) value).longValue());
            } else if (!value.toString().isEmpty()) {
                copy.put(Names.cut(key, CHARS), Names.cut(value.toString(), CHARS));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    /** A call of an operation of a service. */
    public static Aws call(String service, String operation) {
        return new Aws(service, operation, null, null, null, List.of(), Map.of());
    }

    /** With the region that is called; null leaves it out. */
    public Aws region(@Nullable String value) {
        return new Aws(service, operation, value, requestId, queueUrl, tables, further);
    }

    /** With the service's id of the request; null leaves it out. */
    public Aws requestId(@Nullable String value) {
        return new Aws(service, operation, region, value, queueUrl, tables, further);
    }

    /** With the URL of an SQS queue; null leaves it out. */
    public Aws queueUrl(@Nullable String value) {
        return new Aws(service, operation, region, requestId, value, tables, further);
    }

    /** With a DynamoDB table beside those named before. */
    public Aws table(String value) {
        List<String> all = new ArrayList<>(tables);
        all.add(Objects.requireNonNull(value, "value"));
        return new Aws(service, operation, region, requestId, queueUrl, all, further);
    }

    /**
     * With a value that X-Ray's block has no field for.
     *
     * @param key the OpenTelemetry attribute: {@code aws.s3.bucket}
     * @param value a text or a whole number; any other counts as its text, null or empty leaves it out
     */
    public Aws with(String key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        if (value == null) {
            return this;
        }
        Map<String, Object> all = new LinkedHashMap<>(further);
        all.put(key, value);
        return new Aws(service, operation, region, requestId, queueUrl, tables, all);
    }

    void recordOn(Span span) {
        if (span.isSegment()) {
            metadataOf(span);
        } else {
            span.recordAws(this);
        }
    }

    void metadataOf(Span span) {
        span.metadata("aws", "service", service);
        span.metadata("aws", "operation", operation);
        span.metadata("aws", "region", region == null ? "" : region);
        span.metadata("aws", "request_id", requestId == null ? "" : requestId);
        span.metadata("aws", "queue_url", queueUrl == null ? "" : queueUrl);
        span.metadata("aws", "table_names", tables);
        further.forEach((key, value) -> span.metadata("aws", key, value));
    }
}
