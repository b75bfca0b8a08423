package io.spanloom.e2e;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.contexts.SegmentContextExecutors;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceHeader;
import com.amazonaws.xray.entities.TraceID;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.IntSupplier;

/** The code of docs/migrating-from-xray-sdk.md, compiled; {@link SnippetsTest} holds them together. */
@SuppressWarnings({"unused", "try"})
final class MigrationSnippets {

    static final class OnTheSdk {

        int count(String handle) {
            Subsegment subsegment = AWSXRay.beginSubsegment("UserData");
            try {
                subsegment.putMetadata("username", handle);
                return handle.length();
            } finally {
                AWSXRay.endSubsegment();
            }
        }

        List<String> load(String handle) throws IOException {
            Subsegment subsegment = AWSXRay.beginSubsegment("load");
            try {
                subsegment.putAnnotation("user_handle", handle);
                return read(handle);
            } catch (Exception e) {
                subsegment.addException(e);
                throw e;
            } finally {
                AWSXRay.endSubsegment();
            }
        }
    }

    static final class OnSpanloom {

        int count(String handle) {
            try (Span subsegment = Tracing.subsegment("UserData")) {
                subsegment.metadata("username", handle);
                return handle.length();
            }
        }

        List<String> load(String handle) throws IOException {
            return Tracing.call(SpanSpec.named("load").placement(SpanSpec.Placement.SUBSEGMENT), subsegment -> {
                subsegment.annotation("user_handle", handle);
                return read(handle);
            });
        }
    }

    static int traced(String method, String url, HttpHeaders headers, IntSupplier answer) {
        try (Span span = Tracing.segment(method + " " + url, headers, HttpHeaders::firstValue)) {
            span.http(Http.request(method, url));
            int status = answer.getAsInt();
            span.http(Http.response(status));
            return status;
        }
    }

    static List<String> read(String handle) throws IOException {
        return List.of(handle);
    }

    static String load() {
        return "";
    }

    static void theirs(TraceID traceId, String parentId, Entity entity, Runnable task, Segment segment) {
        AWSXRay.beginSegment("job");
        AWSXRay.beginSegment("job", traceId, parentId);
        AWSXRay.endSegment();
        AWSXRay.beginSubsegment("load");
        AWSXRay.endSubsegment();
        AWSXRay.createSubsegment("load", () -> load());
        AWSXRay.createSubsegment("clean", s -> {});
        AWSXRay.createSegment("job", () -> {});
        AWSXRay.beginSubsegmentWithoutSampling("n");
        AWSXRay.getCurrentSubsegment();
        AWSXRay.getCurrentSubsegmentOptional();
        AWSXRay.getCurrentSegment();
        AWSXRay.getTraceEntity();
        AWSXRay.setTraceEntity(entity);
        AWSXRay.clearTraceEntity();
        entity.run(task);
        SegmentContextExecutors.newSegmentContextExecutor();
        segment.setUser("andrewbrown");
        segment.getTraceId();
        segment.isSampled();
    }

    static void theirs(Subsegment subsegment, String tenant, List<String> found, Throwable thrown, String operation) {
        Map<String, Object> request = Map.of();
        Map<String, Object> response = Map.of();
        String query = "SELECT 1";
        subsegment.putAnnotation("tenant", tenant);
        subsegment.putMetadata("results", found);
        subsegment.putMetadata("activities", "results", found);
        subsegment.addException(thrown);
        subsegment.setError(true);
        subsegment.setFault(true);
        subsegment.setThrottle(true);
        subsegment.setNamespace("remote");
        subsegment.putHttp("request", request);
        subsegment.putHttp("response", response);
        subsegment.putSql("sanitized_query", query);
        subsegment.putAws("operation", operation);
        subsegment.getId();
        TraceHeader.fromEntity(subsegment);
    }

    static void theirs(Segment segment, String user) {
        segment.setUser(user);
    }

    static void ours(Map<String, String> headers, Span segment, Span span, Runnable task, ExecutorService pool) {
        TraceContext context = Tracing.capture();
        Tracing.segment("job");
        Tracing.segment("job", headers, Map::get);
        segment.close();
        Tracing.subsegment("load");
        span.close();
        Tracing.call("load", s -> load());
        Tracing.run("clean", s -> {});
        Tracing.run(SpanSpec.named("job").placement(SpanSpec.Placement.SEGMENT), s -> {});
        Tracing.current();
        Tracing.current().root();
        context.activate();
        context.run(task);
        Tracing.wrap(pool);
    }

    static void ours(Span span, String tenant, List<String> found, Throwable thrown, String operation) {
        String url = "http://localhost/";
        String query = "SELECT 1";
        span.annotation("tenant", tenant);
        span.metadata("results", found);
        span.metadata("activities", "results", found);
        span.fail(thrown);
        span.expected(thrown);
        span.http(Http.response(404));
        span.http(Http.response(429));
        SpanSpec.named("payments").namespace("remote");
        span.http(Http.request("GET", url));
        span.http(Http.response(200));
        span.sql(Sql.on("postgresql", "cruddur").query(query));
        span.metadata("aws", "operation", operation);
        span.xrayTraceId();
        span.traceId();
        span.spanId();
        span.isSampled();
    }

    static void ours(Map<String, String> headers, String user) {
        Tracing.current().user(user);
        Tracing.inject(headers, Map::put);
    }
}
