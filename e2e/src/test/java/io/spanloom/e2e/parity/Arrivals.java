package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.spanloom.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Which span began on which backend, and how often it arrived at each one's receiver. */
final class Arrivals {

    /** So many spans may be under way until those who trace wait: a datagram that finds no room is lost, by nobody's fault. */
    private static final long UNDER_WAY = 400;

    private enum Backend {
        XRAY,
        OTEL
    }

    private final XRayPort xray;
    private final OtlpPort otlp;
    private final Map<Backend, Set<String>> expected =
            Map.of(Backend.XRAY, ConcurrentHashMap.newKeySet(), Backend.OTEL, ConcurrentHashMap.newKeySet());
    private final Set<String> anywhere = ConcurrentHashMap.newKeySet();
    private final Map<Backend, Map<String, Integer>> arrived =
            Map.of(Backend.XRAY, new ConcurrentHashMap<>(), Backend.OTEL, new ConcurrentHashMap<>());
    private final AtomicLong expectedCount = new AtomicLong();
    private final AtomicLong arrivedCount = new AtomicLong();

    Arrivals(XRayPort xray, OtlpPort otlp) {
        this.xray = xray;
        this.otlp = otlp;
    }

    /** A span that shall arrive once at the backend on which it began, or at each of both. */
    void expect(Span span) {
        if (span != Span.noop()) {
            String of = span.getClass().getPackageName();
            if (!of.equals("io.spanloom.otel")) {
                expect(span, Backend.XRAY);
            }
            if (!of.equals("io.spanloom.xray")) {
                expect(span, Backend.OTEL);
            }
        }
    }

    private void expect(Span span, Backend backend) {
        expected.get(backend).add(span.spanId());
        expectedCount.incrementAndGet();
    }

    /** A child: where only one of two backends has a parent for it, it arrives there alone. */
    void maybe(Span span) {
        if (span.getClass().getPackageName().equals("io.spanloom")) {
            if (span != Span.noop()) {
                anywhere.add(span.spanId());
            }
        } else {
            expect(span);
        }
    }

    /** Waits while too much is under way. */
    void keepUp() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        take();
        while (expectedCount.get() - arrivedCount.get() > UNDER_WAY && System.nanoTime() - deadline < 0) {
            pause();
            take();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take() {
        xray.take().forEach(this::count);
        for (byte[] body : otlp.take()) {
            try {
                ExportTraceServiceRequest.parseFrom(body)
                        .getResourceSpansList()
                        .forEach(resource -> resource.getScopeSpansList()
                                .forEach(scope -> scope.getSpansList()
                                        .forEach(span -> count(
                                                Backend.OTEL,
                                                HexFormat.of()
                                                        .formatHex(
                                                                span.getSpanId().toByteArray())))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void count(JsonNode document) {
        count(Backend.XRAY, document.path("id").asText());
        document.path("subsegments").forEach(this::count);
    }

    private void count(Backend backend, String id) {
        arrived.get(backend).merge(id, 1, Integer::sum);
        if (!anywhere.contains(id)) {
            arrivedCount.incrementAndGet();
        }
    }

    /** How many spans have arrived, on either way. */
    long seen() {
        return arrivedCount.get();
    }

    /** Waits until nothing is missing, no longer than this. */
    void awaitAll(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        do {
            pause();
            take();
        } while (!missing().isEmpty() && System.nanoTime() - deadline < 0);
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        expected.forEach((backend, ids) -> {
            for (String id : ids) {
                if (!arrived.get(backend).containsKey(id)) {
                    missing.add("lost on " + backend + ": " + id);
                }
            }
        });
        for (String id : anywhere) {
            if (arrived.values().stream().noneMatch(ids -> ids.containsKey(id))) {
                missing.add("lost: " + id);
            }
        }
        return missing;
    }

    /** What was lost, doubled, or arrived where it did not begin. */
    Set<String> problems() {
        Set<String> problems = new TreeSet<>(missing());
        arrived.forEach((backend, ids) -> ids.forEach((id, times) -> {
            if (times > 1) {
                problems.add("arrived " + times + " times at " + backend + ": " + id);
            }
            if (!expected.get(backend).contains(id) && !anywhere.contains(id)) {
                problems.add("nobody began it on " + backend + ": " + id);
            }
        }));
        return problems;
    }
}
