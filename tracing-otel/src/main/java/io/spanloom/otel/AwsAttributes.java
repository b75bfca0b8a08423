package io.spanloom.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.spanloom.Aws;
import org.jspecify.annotations.Nullable;

/** A call of an AWS service, in the attributes of OpenTelemetry's conventions that the collector's exporter reads. */
final class AwsAttributes {

    private AwsAttributes() {}

    static void write(Span span, Aws aws) {
        span.setAttribute(Keys.RPC_SERVICE, aws.service());
        span.setAttribute(Keys.RPC_METHOD, aws.operation());
        set(span, Keys.AWS_REGION, aws.region());
        set(span, Keys.AWS_REQUEST_ID, aws.requestId());
        set(span, Keys.AWS_QUEUE_URL, aws.queueUrl());
        if (aws.tables().size() == 1) {
            span.setAttribute(Keys.AWS_TABLE, aws.tables().get(0));
        } else if (!aws.tables().isEmpty()) {
            span.setAttribute(Keys.AWS_TABLES, aws.tables());
        }
        aws.further().forEach((key, value) -> {
            if (value instanceof Long number) {
                span.setAttribute(AttributeKey.longKey(key), number);
            } else {
                span.setAttribute(key, value.toString());
            }
        });
    }

    private static void set(Span span, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }
}
