package io.spanloom.test.contract;

import io.spanloom.Http;
import io.spanloom.Sql;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.ThrownException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** The far end of a memory backend. */
final class MemoryObserver implements Consumer<MemorySpan> {

    private final String service;
    private final Queue<MemorySpan> ended = new ConcurrentLinkedQueue<>();

    MemoryObserver(String service) {
        this.service = service;
    }

    @Override
    public void accept(MemorySpan span) {
        ended.add(span);
    }

    List<ObservedSpan> observed() {
        return ended.stream().map(this::observed).toList();
    }

    private ObservedSpan observed(MemorySpan span) {
        ObservedSpan.Builder builder = ObservedSpan.named(span.name(), span.traceId(), span.spanId())
                .parent(span.parentSpanId())
                .service(span.service() == null ? service : span.service())
                .segment(span.parent() == null || span.description().kind().entersService())
                .namespace(span.description().namespace())
                .times(span.startEpochNanos() / 1_000, span.endEpochNanos() / 1_000)
                .outcome(span.outcome())
                .user(span.user());
        span.annotations().forEach(builder::annotation);
        span.metadata()
                .forEach((namespace, values) -> values.forEach((key, json) -> builder.metadata(namespace, key, json)));
        for (ThrownException thrown : span.exceptions()) {
            builder.exception(thrown.type(), thrown.message());
        }
        Http.Request request = span.request();
        if (request != null) {
            builder.http("method", request.method())
                    .http("url", request.url())
                    .http("user_agent", request.userAgent())
                    .http("client_ip", request.clientIp());
        }
        Http.Response response = span.response();
        if (response != null) {
            builder.http("status", (long) response.status());
            builder.http("content_length", response.contentLength() == 0 ? null : response.contentLength());
        }
        Sql sql = span.sql();
        if (sql != null) {
            builder.sql("system", sql.system()).sql("database", sql.database());
            builder.sql("server", sql.server()).sql("user", sql.user()).sql("query", sql.query());
        }
        return builder.build();
    }
}
