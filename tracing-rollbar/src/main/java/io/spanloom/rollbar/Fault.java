package io.spanloom.rollbar;

import io.spanloom.spi.SpanView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reported: values only, so that nothing of the trace is kept in memory but the exception.
 *
 * @param thrown null for a request that ended as a fault without one
 * @param annotations of a bounded number and size, as core gives them, secrets hidden
 */
record Fault(
        @Nullable Throwable thrown,
        String span,
        String traceId,
        String xrayTraceId,
        String spanId,
        boolean sampled,
        Map<String, Object> annotations,
        @Nullable String person,
        long epochMillis) {

    static Fault of(SpanView span, @Nullable Throwable thrown, boolean withPerson) {
        return new Fault(
                thrown,
                span.name(),
                span.traceId(),
                span.xrayTraceId(),
                span.spanId(),
                span.isSampled(),
                span.annotations(),
                withPerson ? span.user() : null,
                System.currentTimeMillis());
    }

    /** Rollbar's {@code custom}: what people search by, and what leads from the report to the trace. */
    Map<String, Object> custom(String service) {
        Map<String, Object> custom = new LinkedHashMap<>();
        custom.put("trace_id", traceId);
        custom.put("xray_trace_id", xrayTraceId);
        custom.put("span_id", spanId);
        custom.put("span", span);
        custom.put("service", service);
        custom.put("sampled", sampled);
        if (!annotations.isEmpty()) {
            custom.put("annotations", annotations);
        }
        return custom;
    }
}
